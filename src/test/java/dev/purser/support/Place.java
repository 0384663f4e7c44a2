package dev.purser.support;

import java.util.List;

/**
 * Where a node runs.
 *
 * @param address that others reach it at
 * @param entrance what is put before a command to run it there
 */
public record Place(String address, List<String> entrance) {

    /** This machine, as it is. */
    public static final Place HERE = new Place("127.0.0.1", List.of());
}
