package dev.purser;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** The rooms, line by line. */
final class House {

    static final String ROOT = "dev.purser";

    private static final List<List<String>> LINES = List.of(
            List.of("api", "live", "payments", "metering", "plans", "ops", "sandbox"),
            List.of("cluster", "journal"),
            List.of("lane"),
            List.of("catalog"),
            List.of("wallet"));

    private House() {
    }

    /** The packages of a room, as ArchUnit writes them. */
    static String room(String name) {
        return ROOT + '.' + name + "..";
    }

    static String[] rooms(String... names) {
        return Arrays.stream(names).map(House::room).toArray(String[]::new);
    }

    /** All packages that there may be. */
    static String[] everywhere() {
        return Stream.concat(Stream.of(ROOT), LINES.stream().flatMap(List::stream).map(House::room))
                .toArray(String[]::new);
    }

    /** Each room may use the rooms on the lines below its own; only the root, which has no rule here, may use all. */
    static LayeredArchitecture layers() {
        LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .withOptionalLayers(true).layer("Purser").definedBy(ROOT);
        for (String name : LINES.stream().flatMap(List::stream).toList()) {
            house = house.layer(name).definedBy(room(name));
        }
        for (int line = 0; line < LINES.size(); line++) {
            String[] below = LINES.subList(line + 1, LINES.size()).stream().flatMap(List::stream)
                    .toArray(String[]::new);
            for (String name : LINES.get(line)) {
                house = below.length == 0
                        ? house.whereLayer(name).mayNotAccessAnyLayer()
                        : house.whereLayer(name).mayOnlyAccessLayers(below);
            }
        }
        return house;
    }
}
