package dev.purser.catalog;

import java.util.List;

/** Thrown when a catalog cannot be used; it has all that is wrong with it, a line for each. */
public final class WrongCatalog extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    WrongCatalog(List<String> problems) {
        super("Expected a catalog, but " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
