package dev.purser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.CatalogFile;
import dev.purser.catalog.WrongCatalog;

/** The price list, from the file that the settings name. */
final class CatalogSetting {

    private static final String SETTING = "catalog";
    private static final String AUTO = "auto";
    private static final String FILE = "conf/catalog.yaml";

    private final Found named;
    private final Problems problems;
    private final Path folder;

    CatalogSetting(Values values, Problems problems, Path folder) {
        this.named = values.find(SETTING);
        this.problems = problems;
        this.folder = folder;
    }

    /** One that cannot be used is noted, and the one in the jar takes its place for the checks to come. */
    Catalog read() {
        boolean auto = named.text().equals(AUTO);
        String name = auto ? FILE : named.text();
        try {
            Path file = folder.resolve(name);
            if (!auto || Files.exists(file)) {
                return CatalogFile.read(Files.readString(file));
            }
        } catch (IOException | InvalidPathException unreadable) {
            problems.wrong(named, "a catalog that can be read, or auto");
        } catch (WrongCatalog wrong) {
            wrong.problems().forEach(problem -> problems.add(SETTING, name, problem));
        }
        return CatalogFile.read(YamlSettings.inJar(FILE));
    }
}
