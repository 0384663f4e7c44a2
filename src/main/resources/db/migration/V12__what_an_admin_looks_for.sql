-- What an event is about, as far as it says so: its payment, and the wallet that was written on that. Events that were kept
-- before this do not have it.
alter table webhook_events
    add column payment_intent_id text,
    add column wallet_id         text;

create index webhook_events_payment on webhook_events (payment_intent_id, received_at)
    where payment_intent_id is not null;
create index webhook_events_wallet on webhook_events (wallet_id, received_at) where wallet_id is not null;

-- For those who know how an id begins.
create index wallets_prefix on wallets (id text_pattern_ops);

create index given_on_recipient on given_on (recipient);
