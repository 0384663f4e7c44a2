package dev.purser.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One step of a random story: the clock moves (or not, or back a little), then somebody asks something. What exactly is
 * asked depends on the wallet as it then is, so that amounts fall on its edges and holds are found; the same step on the
 * same wallet asks the same.
 */
record Step(long dice) {

    static final String OWNER = "ada";

    private static final List<Authority> PEOPLE = List.of(new Authority.House(), caller(OWNER),
            caller("eve"), caller("eve", Scope.READ), caller("eve", Scope.CHARGE), caller("eve", Scope.CREDIT),
            caller("eve", Scope.ADMIN), caller(OWNER, Scope.values()));

    private static Authority caller(String subject, Scope... scopes) {
        return new Authority.Caller(subject, Set.of(scopes));
    }

    /** What is asked, by whom, and when. */
    record Asked(Command command, Authority by, Instant at) {
    }

    Asked on(Wallet wallet, Instant clock) {
        Random random = new Random(dice);
        Instant now = clock.plus(move(random));
        Authority by = random.nextInt(3) > 0 ? PEOPLE.getFirst() : pick(random, PEOPLE);
        return new Asked(command(random, wallet, now), by, now);
    }

    private static Duration move(Random random) {
        int dice = random.nextInt(20);
        if (dice < 6) {
            return Duration.ZERO;
        }
        if (dice < 8) {
            return Duration.ofMillis(-1 - random.nextInt(1_500));
        }
        return dice < 19 ? Duration.ofMillis(random.nextInt(2_000)) : Duration.ofHours(random.nextInt(12));
    }

    private static Command command(Random random, Wallet wallet, Instant now) {
        int dice = random.nextInt(100);
        if (dice < 2) {
            return new Command.Purchase(new Payment("pi_" + random.nextInt(), "pack", Amounts.credit(random, wallet),
                    random.nextBoolean() ? 0 : Amounts.credit(random, wallet), 499, "usd",
                    random.nextBoolean() ? null : "bob"));
        }
        if (dice < 24) {
            LotSource source = pick(random, List.of(LotSource.values()));
            return new Command.Credit(Amounts.credit(random, wallet), source, expiry(random, source, now),
                    memo(random));
        }
        if (dice < 27) {
            return new Command.Receive(transfer(random, "bob", OWNER, Amounts.credit(random, wallet)));
        }
        if (dice < 29) {
            // Only what was spent comes back.
            long amount = Math.min(Amounts.upTo(random, wallet.available()), wallet.totals().spent());
            return amount < 1
                    ? new Command.Look()
                    : new Command.TakeBack(transfer(random, OWNER, "bob", amount),
                            Lots.of(List.of(new Lot(LotSource.BONUS, now.plusSeconds(5), amount))));
        }
        if (dice < 34) {
            Refusal obstacle = random.nextInt(8) == 0 ? new Refusal.RecipientClosed("bob") : null;
            return new Command.Send(transfer(random, OWNER, random.nextInt(8) == 0 ? OWNER : "bob",
                    Amounts.upTo(random, wallet.available())), obstacle);
        }
        if (dice < 36) {
            return new Command.StartCall(anyHold(random), random.nextInt(8) == 0 ? OWNER : "bob",
                    Amounts.upTo(random, Math.max(1, wallet.available() / (1 + random.nextInt(20)))),
                    1 + random.nextInt(12), random.nextInt(4) == 0, Duration.ofMillis(500 + random.nextInt(9_000)),
                    random.nextInt(8) == 0 ? new Refusal.RecipientFrozen("bob") : null);
        }
        if (dice < 37) {
            return random.nextInt(4) == 0
                    ? new Command.EndCall(someHold(random, wallet))
                    : new Command.RenewCall(someHold(random, wallet));
        }
        if (dice < 39) {
            long before = random.nextInt(wallet.totals().earned() > Long.MAX_VALUE - 9 ? 1 : 4) > 0
                    ? wallet.totals().earned()
                    : Amounts.upTo(random, wallet.totals().earned());
            return new Command.RequestPayout(newPayout(random, wallet), Amounts.upTo(random, wallet.available()),
                    before);
        }
        if (dice < 40) {
            return random.nextBoolean()
                    ? new Command.ApprovePayout(someHold(random, wallet), "paid")
                    : new Command.RejectPayout(someHold(random, wallet), "not paid");
        }
        if (dice < 44) {
            return new Command.Spend(Amounts.upTo(random, wallet.available()), memo(random));
        }
        if (dice < 54) {
            return new Command.OpenHold(anyHold(random), Amounts.upTo(random, wallet.available()),
                    random.nextBoolean() ? "call" : null, lifetime(random));
        }
        if (dice < 62) {
            return new Command.ExtendHold(someHold(random, wallet),
                    random.nextInt(3) == 0 ? 0 : Amounts.upTo(random, wallet.available()),
                    random.nextBoolean() ? lifetime(random) : null);
        }
        if (dice < 72) {
            String id = someHold(random, wallet);
            Hold hold = wallet.holds().find(id);
            long held = hold == null ? 1 : hold.amount();
            long amount = random.nextInt(6) == 0
                    ? saturated(held, Amounts.upTo(random, wallet.available()))
                    : random.nextInt(5) == 0 ? 0 : Amounts.upTo(random, held);
            return new Command.SettleHold(id, amount, random.nextBoolean(), memo(random));
        }
        if (dice < 78) {
            return new Command.ReleaseHold(someHold(random, wallet), memo(random));
        }
        if (dice < 81) {
            return new Command.ExpireDue();
        }
        if (dice < 85) {
            return new Command.Reverse(reversal(random, wallet, now));
        }
        if (dice < 86) {
            return new Command.Forgive(new Forgiveness("pi_" + random.nextInt(3), before(random, wallet, now),
                    random.nextBoolean() ? Amounts.upTo(random, wallet.debt()) : -random.nextInt(60), 1,
                    (int) wallet.version() + 1));
        }
        if (dice < 88) {
            return new Command.Recover(recovery(random, wallet));
        }
        if (dice < 93) {
            long amount = random.nextBoolean()
                    ? Amounts.credit(random, wallet)
                    : -Amounts.upTo(random, wallet.available());
            return new Command.Adjust(random.nextInt(50) == 0 ? Long.MIN_VALUE : amount, "a correction");
        }
        if (dice < 95) {
            return new Command.Freeze("a look at it");
        }
        if (dice < 98) {
            return new Command.Unfreeze("all is well");
        }
        return random.nextInt(8) == 0 ? new Command.Close("a farewell", random.nextBoolean()) : new Command.Look();
    }

    /** Of one of three payments, from anything to anything; no step comes twice. */
    private static Reversal reversal(Random random, Wallet wallet, Instant now) {
        return new Reversal("pi_" + random.nextInt(3), before(random, wallet, now), part(random, wallet),
                part(random, wallet), part(random, wallet), (int) wallet.version() + 1);
    }

    /** Something sent to this wallet, from what is set aside of it to anything. */
    private static Recovery recovery(Random random, Wallet wallet) {
        GivenOn gift = new GivenOn("pi_" + random.nextInt(2), "tr_" + random.nextInt(2),
                random.nextBoolean() ? TransferKind.TIP : TransferKind.GIFT, "bob", OWNER, 10_000, 1);
        long aside = 0;
        for (Hold hold : wallet.holds()) {
            aside += new Contested(gift.paymentId(), gift.transferId()).equals(hold.use()) ? hold.amount() : 0;
        }
        long taken = random.nextInt(100);
        return new Recovery(new Recovered(gift, 1, 10_000, aside, taken), (int) wallet.version() + 1,
                random.nextInt(3) == 0 ? 0 : Amounts.upTo(random, wallet.available()),
                taken + random.nextLong(-taken, Math.min(aside, 1_000) + 9), random.nextBoolean(), 1);
    }

    private static TakenBack before(Random random, Wallet wallet, Instant now) {
        long taken = random.nextInt(1_000);
        Lots lots = taken == 0 || random.nextBoolean()
                ? Lots.NONE
                : Lots.of(List.of(new Lot(LotSource.EARNED, null, taken),
                        new Lot(LotSource.PROMO, now.plusMillis(random.nextInt(3_000)), 1 + random.nextInt(9))));
        return new TakenBack((int) wallet.version(), taken, random.nextInt(50) + 9, random.nextInt(3), lots,
                random.nextInt(3) == 0 ? random.nextInt(60) : 0);
    }

    private static long part(Random random, Wallet wallet) {
        return switch (random.nextInt(6)) {
            case 0 -> Amounts.credit(random, wallet);
            case 1, 2 -> Amounts.upTo(random, wallet.available());
            case 3 -> random.nextInt(1_000);
            default -> 0;
        };
    }

    private static Transfer transfer(Random random, String from, String to, long amount) {
        return new Transfer("tr_" + random.nextInt(1_000), pick(random, List.of(TransferKind.values())), from, to,
                amount,
                random.nextBoolean() ? "stage" : null, random.nextBoolean() ? "thanks" : null);
    }

    private static @Nullable Instant expiry(Random random, LotSource source, Instant now) {
        int dice = random.nextInt(source.mayExpire() ? 10 : 30);
        return switch (dice) {
            case 0 -> now;
            case 1 -> now.plusSeconds(-random.nextInt(3));
            case 2 -> Instant.MAX;
            case 3, 4, 5 -> now.plusMillis(1 + random.nextInt(5_000));
            case 6 -> Instant.ofEpochSecond(now.getEpochSecond() / 10 * 10 + 10);
            default -> null;
        };
    }

    private static Duration lifetime(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Duration.ofSeconds(Long.MAX_VALUE);
            case 1 -> Duration.ofSeconds(Instant.MAX.getEpochSecond());
            case 2 -> Duration.ofDays(365_000);
            default -> Duration.ofMillis(1 + random.nextInt(20_000));
        };
    }

    private static String anyHold(Random random) {
        return "hold-" + random.nextInt(8);
    }

    /** Ids of payouts are made by the service, and never those of other holds. */
    private static String newPayout(Random random, Wallet wallet) {
        String id = "payout-" + random.nextInt(1_000);
        return wallet.holds().find(id) == null ? id : "payout-" + wallet.version();
    }

    private static String someHold(Random random, Wallet wallet) {
        List<String> open = new ArrayList<>();
        for (Hold hold : wallet.holds()) {
            open.add(hold.id());
        }
        return open.isEmpty() || random.nextInt(10) == 0 ? anyHold(random) : pick(random, open);
    }

    private static Memo memo(Random random) {
        return random.nextBoolean() ? Memo.NONE : Memo.of("note " + random.nextInt(3));
    }

    private static long saturated(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
