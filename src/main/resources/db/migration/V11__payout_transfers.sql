-- Payouts that are sent by a payment provider: a row from before it is first asked. Which ones are to be sent the holds say.
create table payout_transfers (
    payout_id   text        primary key,
    wallet_id   text        not null,
    -- How often the provider was asked, and when last.
    attempts    int         not null default 0,
    tried_at    timestamptz not null default now(),
    -- How often it has refused; and why, the last time.
    refusals    int         not null default 0,
    reason      text,
    transfer_id text,
    sent_at     timestamptz
);

create index holds_payouts_to_send on holds (updated_at) where use = 'payout' and state = 'settled'
    and details ->> 'note' like 'stripe:%';
