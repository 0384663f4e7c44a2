-- What of a payment's tokens was taken back since its money went back, in steps: each is written by the commit that takes.
alter table payments
    add column reversal_step  int    not null default 0,
    -- Tokens, of those that it bought.
    add column refunded       bigint not null default 0,
    add column disputed       bigint not null default 0,
    -- More that were to be set aside while a dispute is open.
    add column frozen         bigint not null default 0,
    -- Those that were there to be taken, to be given back as what they were.
    add column reversed_lots  jsonb  not null default '[]',
    drop constraint payments_tokens_check,
    drop constraint payments_bonus_check,
    drop constraint payments_price_check,
    add constraint payments_check check (least(tokens - 1, bonus, price - 1, refunded, disputed, frozen,
                                               tokens + bonus - refunded - disputed) >= 0);

-- Refunds that a provider has told of, whether or not their payment is known yet. Amounts are in the smallest unit of the
-- currency.
create table refunds (
    id                text        primary key,
    payment_intent_id text        not null,
    amount            bigint      not null,
    currency          text        not null,
    -- active, then failed.
    state             text        not null,
    -- When it was told to have failed, first.
    told_at           timestamptz not null
);

create index refunds_payment on refunds (payment_intent_id);

-- How much of a payment was refunded in all, as last told: all that is known where a provider does not tell of each refund.
create table refund_totals (
    payment_intent_id text        primary key,
    amount            bigint      not null,
    currency          text        not null,
    told_at           timestamptz not null
);

create table disputes (
    id                text        primary key,
    payment_intent_id text        not null,
    amount            bigint      not null,
    currency          text        not null,
    -- open, withdrawn (the money is gone), lost (for good), ended (the money stays, or came back).
    state             text        not null,
    told_at           timestamptz not null
);

create index disputes_payment on disputes (payment_intent_id);

-- What a dispute sets aside is a hold.
alter table holds
    drop constraint holds_use_check,
    add constraint holds_use_check check (use in ('call', 'payout', 'dispute'));
