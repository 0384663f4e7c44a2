package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.support.Defaults;
import io.vertx.core.Future;

/** What becomes of those who ask when Stripe, or its library, does its worst. */
@Timeout(30)
class StripeCallsTest {

    private final TillRig rig = new TillRig(new Orders.Limits(100, 100, 100, Duration.ofMinutes(10)));

    @AfterEach
    void close() {
        rig.close();
    }

    /** Each byte in time, but never all of them. */
    @Test
    void shouldWaitNoLongerThanTheDeadlineForAWholeAnswer() {
        rig.stripe.endless = true;

        assertThat(rig.buy("ada", Defaults.SMALL, "pm_card", "k")).isEqualTo(new Sale.Unanswered(true));

        await("nobody listens any more").until(() -> rig.stripe.dropped.get() == 1);
        assertThat(rig.tables.number("select count(*) from orders where purchase_id is null"))
                .as("it may have been begun, and is asked for again under its key").isOne();
    }

    @Test
    void shouldSayThatThereIsNoAnswerWhateverIsThrown() {
        Error worst = new StackOverflowError("of the test");

        assertThat(failure(rig.calls.ask(_ -> {
            throw worst;
        }))).isSameAs(worst);
    }

    @Test
    void shouldAskNothingMoreOnceClosed() {
        rig.calls.close();

        assertThat(failure(rig.calls.ask(_ -> "asked"))).isInstanceOf(RejectedExecutionException.class);
    }

    private static Throwable failure(Future<?> future) {
        await().atMost(Duration.ofSeconds(5)).until(future::isComplete);
        return future.failed() ? future.cause() : new TimeoutException("Expected a failure, but it succeeded");
    }
}
