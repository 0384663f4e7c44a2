package dev.purser.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.purser.support.Seed;

/** Each of these once, with a fresh seed; {@code mvn -q -Pfaults} runs all faults as often as one likes. */
@Timeout(180)
class FaultsIT {

    @ParameterizedTest
    @EnumSource(names = {"KILL_TWO", "FREEZE_AND_WAKE", "CUT_OFF", "KILL_DATABASE", "LOST_ANSWERS", "RETRY_STORM"})
    void shouldLoseNothingAndDoubleNothing(Fault fault) throws Exception {
        assumeTrue(fault.missing().isEmpty(), "This machine lacks " + fault.missing());
        try (Cluster cluster = Cluster.start(fault)) {
            Sighting seen = new FaultRun(fault, Seed.take(fault.text())).on(cluster);
            System.out.println(seen);
            assertThat(seen.acknowledged()).isPositive();
            assertThat(seen).matches(Sighting::isInTime, "is in time");
        }
    }
}
