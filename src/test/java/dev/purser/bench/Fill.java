package dev.purser.bench;

import dev.purser.bench.load.Wallets;

/** Puts wallets into the databases, as they would be after a purchase long ago. */
final class Fill {

    private static final long TOKENS = 1_000_000_000_000L;

    private Fill() {
    }

    /** The service's wallets 0 to {@code wallets}, each with this many entries. */
    static void service(Postgres postgres, String database, int wallets, int entriesEach) {
        postgres.execute(database, """
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at)
                select 'w' || w, e, case when e = 1 then 'purchase' else 'spend' end,
                       case when e = 1 then %1$d else -1 end, 0, 0, %1$d + 1 - e, 'fill-' || w || '-' || e,
                       now() - interval '30 days' + e * interval '1 hour'
                  from generate_series(1, %3$d) as e, generate_series(0, %2$d - 1) as w
                """.formatted(TOKENS, wallets, entriesEach));
        postgres.execute(database,
                """
                        insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots, updated_at)
                        select 'w' || w, %3$d, 1, %1$d + 1 - %3$d, 0, 0, 'active', %1$d, %3$d - 1, 0,
                               jsonb_build_array(jsonb_build_object('source', 'purchased', 'amount', %1$d + 1 - %3$d)),
                               now() - interval '30 days' + %3$d * interval '1 hour'
                          from generate_series(0, %2$d - 1) as w
                        """
                        .formatted(TOKENS, wallets, entriesEach));
        postgres.execute(database, "vacuum analyze");
    }

    /** Somebody to tip. */
    static void creator(Postgres postgres, String database) {
        postgres.execute(database, "insert into accounts (id, is_creator) values ('%s', true)"
                .formatted(Wallets.CREATOR));
    }

    static void rivals(Postgres postgres, String database, int wallets) {
        postgres.execute(database, """
                insert into rival_wallets (id, version, balance, held, status, spent, updated_at)
                select 'w' || w, 1, %1$d, 0, 'active', 0, now() from generate_series(0, %2$d - 1) as w
                """.formatted(TOKENS, wallets));
        postgres.execute(database, """
                insert into rival_entries (wallet_id, seq, kind, amount, balance_after, op_id, created_at)
                select 'w' || w, 1, 'purchase', %1$d, %1$d, 'fill-' || w, now() from generate_series(0, %2$d - 1) as w
                """.formatted(TOKENS, wallets));
        postgres.execute(database, """
                insert into rival_wallets (id, version, balance, held, status, spent, updated_at)
                values ('%1$s', 0, 0, 0, 'active', 0, now());
                insert into rival_users (id, earned, updated_at) values ('%1$s', 0, now())
                """.formatted(Wallets.CREATOR));
        creator(postgres, database);
        postgres.execute(database, "vacuum analyze");
    }
}
