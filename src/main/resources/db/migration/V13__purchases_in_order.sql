-- Of when that is what a purchase's status says, by the provider: what is told late does not undo what came after.
alter table purchases add column noted_at timestamptz;

-- Payments that the provider has warned of, be they credited yet or not.
create table fraud_warnings (
    event_id          text primary key,
    payment_intent_id text not null
);

create index fraud_warnings_payment on fraud_warnings (payment_intent_id);

-- Admins look at the latest events, of all or of one outcome.
create index webhook_events_age on webhook_events (received_at, event_id);
create index webhook_events_outcome on webhook_events (outcome, received_at, event_id);
drop index webhook_events_parked;

-- Orders and declined payments are forgotten in time.
create index orders_age on orders using brin (ordered_at);
create index declines_age on declines using brin (declined_at);

-- Places an order, unless it was placed before or a bound does not let it in. Those of one payer follow one another, on
-- whatever nodes they are asked for: a statement sees what was there when it began, so the one that counts has to begin
-- when the lock is held.
--
-- What is under way counts for a minute, what it became from then on. A payment that nobody goes on with stays open at the
-- provider's, so that counts for a day only.
create function place_order(order_id text, of_payer text, most_a_minute bigint, most_open bigint, most_declines bigint,
                            cool_down_seconds double precision)
    returns table (repeated boolean, purchase text, is_old boolean, many boolean, many_open boolean, seconds bigint)
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('orders of ' || of_payer, 0));
    return query
        with known as (
            select o.purchase_id, o.ordered_at < now() - interval '23 hours' as old from orders o where o.id = order_id
        ), under_way as (
            select count(*) as n from orders o
             where o.payer = of_payer and o.purchase_id is null and o.ordered_at > now() - interval '1 minute'
        ), begun as (
            select count(*) as n from purchases p
             where p.payer = of_payer and p.created_at > now() - interval '1 minute'
        ), unfinished as (
            select count(*) as n from purchases p
             where p.payer = of_payer and p.created_at > now() - interval '1 day'
               and p.status not in ('requires_payment_method', 'failed', 'canceled', 'expired')
               and not exists (select from payments c
                                where c.payment_intent_id = coalesce(p.payment_intent_id, p.id))
        ), cooling as (
            select ceil(extract(epoch from d.declined_at + make_interval(secs => cool_down_seconds) - now()))::bigint
                       as left_over
              from declines d
             where d.payer = of_payer
             order by d.declined_at desc
            offset most_declines - 1 limit 1
        ), judged as (
            select exists (select from known) as is_known,
                   (select k.purchase_id from known k) as became,
                   coalesce((select k.old from known k), false) as old,
                   (select n from under_way) + (select n from begun) >= most_a_minute as too_many,
                   (select n from under_way) + (select n from unfinished) >= most_open as too_many_open,
                   coalesce((select c.left_over from cooling c), 0) as left_over
        ), placed as (
            insert into orders (id, payer)
            select order_id, of_payer from judged j
             where not (j.is_known or j.too_many or j.too_many_open or j.left_over > 0)
            on conflict (id) do nothing
        )
        select j.is_known, j.became, j.old, j.too_many, j.too_many_open, j.left_over from judged j;
end
$$;
