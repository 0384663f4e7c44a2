-- How many of the tokens that are taken back its wallet need not bear, since they are taken where it had given them on.
alter table payments
    add column forgiven    bigint not null default 0,
    -- Since when so many tokens are taken back, or may be.
    add column reversed_at timestamptz,
    drop constraint payments_check,
    add constraint payments_check check (least(tokens - 1, bonus, price - 1, refunded, disputed, frozen, forgiven,
                                               tokens + bonus - refunded - disputed,
                                               refunded + disputed - forgiven) >= 0);

-- What the wallet of a payment that went back, or may, has given on since, and what of it is set aside and was taken where it
-- went. Only where that is the policy.
create table given_on (
    payment_intent_id text        not null,
    transfer_id       text        not null,
    kind              text        not null,
    giver             text        not null,
    recipient         text        not null,
    -- The transfer's, and the number of its entry in the giver's ledger.
    amount            bigint      not null,
    place             bigint      not null,
    -- The last one about it, see below.
    step              int         not null,
    -- How much of it there is to be set aside and taken in all.
    room              bigint      not null,
    aside             bigint      not null,
    taken             bigint      not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    primary key (payment_intent_id, transfer_id),
    check (least(room, aside, taken, amount - aside - taken) >= 0)
);

create index given_on_transfer on given_on (transfer_id);
create index given_on_giver on given_on (giver);
create index given_on_aside on given_on (giver) where aside > 0;

-- The steps about what somebody has given on, numbered 1..n whatever wallet they are done in: of two who find something to
-- do in two wallets at once, only one does it.
create table given_on_steps (
    giver             text        not null,
    step              int         not null,
    wallet_id         text        not null,
    payment_intent_id text        not null,
    -- None when the giver itself was let off.
    transfer_id       text,
    created_at        timestamptz not null,
    primary key (giver, step)
);

-- What is set aside of what was given on is a hold.
alter table holds
    drop constraint holds_use_check,
    add constraint holds_use_check check (use in ('call', 'payout', 'dispute', 'given'));
