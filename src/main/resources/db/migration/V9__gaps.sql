-- Until when all that a provider has to tell was heard, be it that it came or that it was fetched.
create table webhook_marks (
    provider    text        primary key,
    heard_until timestamptz not null
);

-- Purchases whose end is not known yet are looked up from time to time.
alter table purchases
    add column pending   boolean     not null default true,
    add column looked_at timestamptz not null default now();

update purchases p
   set pending = false
 where p.status in ('canceled', 'expired', 'failed')
    or exists (select from payments c where c.payment_intent_id = coalesce(p.payment_intent_id, p.id));

create index purchases_pending on purchases (looked_at) where pending;
