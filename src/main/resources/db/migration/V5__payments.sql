-- What was bought with money: a row for each payment that was credited, written by the commit that credits it. However often
-- a payment is told of, and for whatever wallets, its key here makes it once.
create table payments (
    payment_intent_id text        primary key,
    wallet_id         text        not null,
    pack_id           text        not null,
    tokens            bigint      not null check (tokens > 0),
    bonus             bigint      not null check (bonus >= 0),
    -- In the smallest unit of the currency.
    price             bigint      not null check (price > 0),
    currency          text        not null,
    -- Who paid, if it was somebody else.
    payer             text,
    created_at        timestamptz not null
);

create index payments_wallet on payments (wallet_id, created_at);

-- What providers have told, before anything is done about it.
create table webhook_events (
    provider     text        not null,
    event_id     text        not null,
    type         text        not null,
    -- As it came, JSON or not.
    payload      text        not null,
    received_at  timestamptz not null default now(),
    attempts     int         not null default 1,
    processed_at timestamptz,
    -- What came of it: credited, ignored, parked.
    outcome      text,
    -- Why it is parked.
    reason       text,
    primary key (provider, event_id)
);

create index webhook_events_parked on webhook_events (received_at, event_id) where outcome = 'parked';
create index webhook_events_open on webhook_events (received_at, event_id) where processed_at is null;
