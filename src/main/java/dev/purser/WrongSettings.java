package dev.purser;

import java.util.List;

/** Thrown when settings are wrong; its message lists all that is. It never holds the value of a secret. */
public final class WrongSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongSettings(List<String> problems) {
        super("Purser does not start, because of " + (problems.size() == 1
                ? "a wrong setting:"
                : problems.size() + " wrong settings:")
                + "\n  - " + String.join("\n  - ", problems)
                + "\nEvery setting, its default and what it does: conf/purser.yaml");
    }
}
