-- What creators have earned, and what it was worth when it came. Numbered as the entry that brought it.
create table earnings (
    wallet_id   text        not null,
    seq         bigint      not null,
    transfer_id text        not null,
    kind        text        not null check (kind in ('tip', 'call')),
    payer       text        not null,
    tokens      bigint      not null check (tokens > 0),
    cents       bigint      not null check (cents >= 0),
    -- All tokens that the wallet had earned by then, this included.
    earned      bigint      not null check (earned >= tokens),
    created_at  timestamptz not null,
    primary key (wallet_id, seq)
);

create trigger earnings_append_only before update or delete or truncate on earnings
    for each statement execute function refuse_change();

-- What a hold is part of. That of a call has nothing set aside once it is known that its minute is the last.
alter table holds add column use text check (use in ('call', 'payout'));
alter table holds add column details jsonb;
alter table holds drop constraint holds_amount_check;
alter table holds add constraint holds_amount_check check (amount > 0 or (use = 'call' and amount = 0));

create index holds_calls on holds (id) where use = 'call';
create index holds_payouts on holds (created_at, id) where use = 'payout';
create index holds_payouts_open on holds (created_at, id) where use = 'payout' and state = 'open';

-- What a wallet sent today, for the limits.
create index entries_sent on entries (wallet_id, created_at) where transfer_id is not null and amount < 0;

-- A transfer is in the post, or it came back; one that was taken in is history, which is in the entries of both sides.
drop index transfers_post;
delete from transfers where credited_at is not null;
alter table transfers drop column credited_at;
alter table transfers set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
