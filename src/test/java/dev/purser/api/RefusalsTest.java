package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;

class RefusalsTest {

    /** Whoever looks for the hold of a disputed purchase finds no call and no payout. */
    @Test
    void shouldSayWhatAHoldMayBelongTo() {
        Problem problem = new Refusals(null).problem(new Refusal.HoldInUse("dispute-pi_1-1"), new Command.Look());

        assertThat(problem.detail()).contains("dispute-pi_1-1", "a call", "a payout", "a disputed purchase");
    }
}
