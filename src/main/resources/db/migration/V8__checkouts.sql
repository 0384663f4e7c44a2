-- A purchase may be a checkout on a page of the provider's: then its id is the page's (cs_...), and the payment is known later.
alter table purchases add column payment_intent_id text;

create index purchases_payment on purchases (payment_intent_id) where payment_intent_id is not null;

-- What was ordered, written before the provider is asked: a repetition under the same key is known by it, and what is under
-- way counts before its answer is there.
create table orders (
    -- The key under which the provider is asked.
    id          text        primary key,
    payer       text        not null,
    -- What it became, once that is known.
    purchase_id text,
    ordered_at  timestamptz not null default now()
);

create index orders_under_way on orders (payer, ordered_at) where purchase_id is null;

-- Payments that were declined, each once, when that was first heard of.
create table declines (
    payment_id  text        primary key,
    payer       text        not null,
    declined_at timestamptz not null default now()
);

create index declines_payer on declines (payer, declined_at);
