package dev.purser.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.purser.support.Seed;

/** Each of these once, with a fresh seed; {@code mvn -q -Pfaults} runs all faults as often as one likes. */
@Timeout(180)
class FaultsIT {

    @ParameterizedTest
    @EnumSource(names = {"KILL_TWO", "FREEZE_AND_WAKE", "KILL_DATABASE", "LOST_ANSWERS"})
    void shouldLoseNothingAndDoubleNothing(Fault fault) throws Exception {
        assertThat(new FaultRun(fault, Seed.take(fault.text())).run().acknowledged()).isPositive();
    }
}
