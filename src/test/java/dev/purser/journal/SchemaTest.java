package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.purser.support.FreePorts;

class SchemaTest {

    @Test
    void shouldNotTellThePasswordWhenItSaysWhatItWaitsFor() {
        List<String> said = new ArrayList<>();
        int nobody = FreePorts.next();
        String url = "postgresql://purser:hunter2@127.0.0.1:" + nobody + "/purser?password=hunter3";

        assertThatThrownBy(() -> Schema.migrateWhenReachable(url, why -> {
            said.add(why);
            throw new IllegalStateException("enough");
        })).hasMessage("enough");

        assertThat(said).singleElement().satisfies(why -> assertThat(why)
                .contains("Expected PostgreSQL at 127.0.0.1:" + nobody).doesNotContain("hunter"));
    }
}
