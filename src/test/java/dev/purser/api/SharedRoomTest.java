package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class SharedRoomTest {

    private final List<String> turnedOut = new ArrayList<>();
    private final SharedRoom<String> room = new SharedRoom<>(100, turnedOut::add);

    @Test
    void shouldTurnOutWhoeverHasHeldOnForLongest() {
        room.take("first", 40);
        room.take("second", 40);
        room.take("first", 20);
        assertThat(turnedOut).isEmpty();
        room.take("third", 30);
        assertThat(turnedOut).containsExactly("first");
        room.take("third", 31);
        assertThat(turnedOut).containsExactly("first", "second");
    }

    @Test
    void shouldTakeBackWhatIsGivenBackOnce() {
        room.take("first", 60);
        room.leave("first");
        room.leave("first");
        room.take("second", 100);
        assertThat(turnedOut).isEmpty();
        room.take("third", 1);
        assertThat(turnedOut).containsExactly("second");
    }

    @Test
    void shouldTurnOutWhoTakesTooMuchAlone() {
        room.take("greedy", 101);
        room.take("next", 100);
        assertThat(turnedOut).containsExactly("greedy");
    }
}
