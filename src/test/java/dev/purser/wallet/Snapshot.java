package dev.purser.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Everything there is to see of a wallet, in plain lists and numbers, so that two of them can be told apart. */
record Snapshot(long version, long balance, long held, long debt, Status status, long purchased, long spent,
        long earned, List<Tokens> free, List<HeldTokens> holds, @Nullable Instant updatedAt, Allowance allowance) {

    record Tokens(LotSource source, @Nullable Instant expiresAt, long amount) {
    }

    record HeldTokens(String id, @Nullable String purpose, Instant expiresAt, List<Tokens> tokens) {
    }

    static Snapshot of(Wallet wallet) {
        List<HeldTokens> holds = new ArrayList<>();
        for (Hold hold : wallet.holds()) {
            holds.add(new HeldTokens(hold.id(), hold.purpose(), hold.expiresAt(), tokens(hold.lots())));
        }
        return new Snapshot(wallet.version(), wallet.balance(), wallet.held(), wallet.debt(), wallet.status(),
                wallet.totals().purchased(), wallet.totals().spent(), wallet.totals().earned(), tokens(wallet.lots()),
                holds, wallet.updatedAt(), wallet.allowance());
    }

    static List<Tokens> tokens(Lots lots) {
        List<Tokens> tokens = new ArrayList<>();
        for (Lot lot : lots) {
            tokens.add(new Tokens(lot.source(), lot.expiresAt(), lot.amount()));
        }
        return tokens;
    }
}
