-- What an entry was worth to a creator who has earned it, and all tokens that the wallet had earned by then.
alter table entries add column cents bigint check (cents >= 0);
alter table entries add column earned bigint check (earned >= amount);

-- What creators have earned: their entries of tips and calls.
create view earnings as
    select wallet_id, seq, transfer_id, kind, related_wallet as payer, amount as tokens, cents, earned, created_at
      from entries
     where cents is not null;

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
