package dev.purser.bench.rivals;

/** The tables of the rivals on PostgreSQL. */
public final class RivalTables {

    /** The same columns as the service's tables have for a plain spend, and no index but the primary keys. */
    public static final String SQL = """
            create table rival_wallets (
                id         text        primary key,
                version    bigint      not null,
                balance    bigint      not null check (balance >= 0),
                held       bigint      not null check (held between 0 and balance),
                status     text        not null,
                spent      bigint      not null,
                updated_at timestamptz
            ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

            create table rival_entries (
                wallet_id     text        not null,
                seq           bigint      not null,
                kind          text        not null,
                amount        bigint      not null,
                balance_after bigint      not null,
                op_id         text        not null,
                description   text,
                metadata      jsonb,
                created_at    timestamptz not null,
                primary key (wallet_id, seq)
            );

            create table rival_users (
                id         text        primary key,
                earned     bigint      not null,
                updated_at timestamptz
            ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

            create table rival_earnings (
                id         text        primary key,
                creator_id text        not null,
                payer_id   text        not null,
                amount     bigint      not null,
                cents      bigint      not null,
                created_at timestamptz not null
            );

            create table accounts (
                id         text        primary key,
                is_creator boolean     not null,
                plan       text
            );

            create function rival_spend(wallet text, tokens bigint, operation text, out version bigint, out balance bigint)
            language plpgsql as $$
            declare
                found rival_wallets;
            begin
                select * into found from rival_wallets where id = wallet for update;
                if found.status = 'active' and found.balance - found.held >= tokens then
                    update rival_wallets w
                       set balance = w.balance - tokens, version = w.version + 1, spent = w.spent + tokens, updated_at = now()
                     where id = wallet
                     returning w.version, w.balance into rival_spend.version, rival_spend.balance;
                    insert into rival_entries (wallet_id, seq, kind, amount, balance_after, op_id, created_at)
                    values (wallet, rival_spend.version, 'spend', -tokens, rival_spend.balance, operation, now());
                end if;
            end
            $$;""";

    private RivalTables() {
    }
}
