package dev.purser.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.purser.lane.OpKey;
import dev.purser.lane.Outcome;
import dev.purser.payments.SimMoneyBack;
import dev.purser.sim.MoneyBook.State;
import dev.purser.sim.MoneyBook.Told;
import dev.purser.wallet.Command;
import dev.purser.wallet.Payment;
import dev.purser.wallet.Reversal;

/**
 * Tells of payments, and of money that goes back, until it is carried out, as Stripe does; and carries it out as a node
 * does, which may crash at any point. Everybody tells of the same payments, often at the same time.
 */
final class SimTeller {

    /** There is always a new payment soon, and of the last ones everybody keeps telling. */
    private static final long PAYMENTS_A_SECOND = 1;
    private static final int RETOLD = 4;
    private static final List<State> REFUND = List.of(State.REFUNDED, State.FAILED);
    private static final List<State> DISPUTE = List.of(State.OPEN, State.WITHDRAWN, State.LOST, State.ENDED);
    private static final int REFUNDS = 3;
    private static final int DISPUTES = 2;
    private static final int MOST_AT_ONCE = 3;
    private static final int MOST_STEPS = 20;
    private static final double CRASH = 0.03;

    private final World world;
    private final Store store;
    private final SimRouter router;

    SimTeller(World world, Store store, SimRouter router) {
        this.world = world;
        this.store = store;
        this.router = router;
    }

    /** Tells this and that of one payment at the same time; goes on once all of it is carried out. */
    void tell(Runnable then) {
        long number = PAYMENTS_A_SECOND * world.now() / World.SECOND - world.below(RETOLD);
        Payment payment = payment(number);
        int[] left = {1 + world.below(MOST_AT_ONCE)};
        for (int i = left[0]; i > 0; i--) {
            Event event = world.chance(0.4)
                    ? new Event.Paid("w" + number % SimClient.WALLETS, payment)
                    : new Event.MoneyBack(told(number, payment));
            new Delivery(event, payment.id(), () -> {
                left[0]--;
                if (left[0] == 0) {
                    then.run();
                }
            }).begin();
        }
    }

    private static Payment payment(long number) {
        return new Payment("pi_" + number, "pack", 1 + number % 50, number % 3, 3 + number * 7 % 90, "usd", null);
    }

    /** What happens to a payment follows from its number; how far it has come, nobody knows from what he is told. */
    private Told told(long number, Payment payment) {
        int which = world.below(REFUNDS + DISPUTES);
        String id = payment.id();
        long chance = number * 31 + which * 17L;
        return which < REFUNDS
                ? new Told(id, "re_" + which, 1 + chance % (1 + payment.price() / 3),
                        state(REFUND, chance % 3 == 0 ? 2 : 1))
                : new Told(id, "dp_" + which, 1 + chance % payment.price(), state(DISPUTE, 1 + (int) (chance % 4)));
    }

    /** Any of the first so many. */
    private State state(List<State> life, int known) {
        return world.oneOf(life.subList(0, known));
    }

    private sealed interface Event {

        record Paid(String wallet, Payment payment) implements Event {
        }

        record MoneyBack(Told told) implements Event {
        }
    }

    /** An event on its way, and how a node carries it out. */
    private final class Delivery {

        private final Event event;
        private final String paymentId;
        private final Runnable then;

        Delivery(Event event, String paymentId, Runnable then) {
            this.event = event;
            this.paymentId = paymentId;
            this.then = then;
        }

        void begin() {
            switch (event) {
                case Event.Paid(var wallet, var payment) -> router.ask(wallet, new Command.Purchase(payment),
                        OpKey.ofStripe(payment), outcome -> look(outcome.isPresent()));
                case Event.MoneyBack(var told) -> atDatabase(() -> {
                    store.money().note(told);
                    look(true);
                });
            }
        }

        private void look(boolean done) {
            if (!done || world.chance(CRASH)) {
                again();
            } else {
                atDatabase(() -> {
                    if (store.tables().look(paymentId)) {
                        goOnIf(true, 0);
                    } else {
                        then.run();
                    }
                });
            }
        }

        private void goOnIf(boolean done, int steps) {
            if (!done || steps == MOST_STEPS || world.chance(CRASH)) {
                again();
            } else {
                atDatabase(() -> follow(steps));
            }
        }

        private void follow(int steps) {
            Optional<Step> next = store.tables().payment(paymentId).flatMap(
                    bought -> SimMoneyBack.next(store.money().of(bought)).map(it -> new Step(bought.walletId(), it)));
            world.after(travel(), () -> next.ifPresentOrElse(step -> take(step, steps), then));
        }

        private void take(Step step, int steps) {
            if (world.chance(CRASH)) {
                // What is under way may be taken long after whoever sent it is gone.
                world.after(world.chance(0.5) ? world.between(0, SimRouter.CUT) : 0, () -> send(step, nobody -> {
                }));
                again();
            } else {
                send(step, outcome -> goOnIf(outcome.isPresent(), steps + 1));
            }
        }

        private void send(Step step, Consumer<Optional<Outcome>> then) {
            router.ask(step.wallet(), new Command.Reverse(step.next()), OpKey.ofReversal(step.next()), then);
        }

        private void atDatabase(Runnable statement) {
            world.after(travel(), () -> {
                if (store.isDown()) {
                    again();
                } else {
                    statement.run();
                }
            });
        }

        /** Mostly fast, and now and then so slow that others do it meanwhile. */
        private long travel() {
            return world.between(50 * World.MICRO, world.chance(0.05) ? World.SECOND : World.MILLI);
        }

        private void again() {
            world.after(world.between(SimRouter.PAUSE, World.SECOND), this::begin);
        }
    }

    /** What a node finds to do next. */
    private record Step(String wallet, Reversal next) {
    }
}
