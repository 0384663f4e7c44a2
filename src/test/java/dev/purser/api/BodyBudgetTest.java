package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    @Test
    void shouldGiveRoomUntilThereIsNoneAndAgainWhenSomeIsGivenBack() {
        BodyBudget budget = new BodyBudget();
        int taken = 0;
        while (budget.take(1 << 20)) {
            taken++;
        }
        assertThat(taken).isEqualTo(64);
        budget.giveBack(1 << 20);
        assertThat(budget.take(1 << 20)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }
}
