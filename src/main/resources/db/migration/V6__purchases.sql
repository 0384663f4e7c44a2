-- Purchases that were begun through this service, whatever became of them. Whether one was credited `payments` knows.
create table purchases (
    -- The payment's.
    id         text        primary key,
    payer      text        not null,
    wallet_id  text        not null,
    pack_id    text        not null,
    tokens     bigint      not null,
    bonus      bigint      not null,
    price      bigint      not null,
    currency   text        not null,
    -- As the provider has it.
    status     text        not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create index purchases_payer on purchases (payer, created_at, id);
