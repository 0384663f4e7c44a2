package dev.purser.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Makes a catalog of what {@code conf/catalog.yaml} says. */
public final class CatalogFile {

    private static final int MOST_PACKS = 200;
    private static final long HUNDRED = 100;
    private static final String PACKS = "packs";
    private static final String RETIRED = "retired";

    private final List<String> problems = new ArrayList<>();

    private CatalogFile() {
    }

    /**
     * Reads a catalog.
     *
     * @throws WrongCatalog saying all that is wrong with it
     */
    public static Catalog read(String yaml) {
        CatalogFile file = new CatalogFile();
        Catalog catalog = file.catalog(file.parse(yaml));
        if (!file.problems.isEmpty()) {
            throw new WrongCatalog(file.problems);
        }
        return catalog;
    }

    private Section parse(String yaml) {
        try {
            if (YamlTexts.load(yaml, "catalog") instanceof Map<?, ?> map) {
                return new Section("", map, problems);
            }
            problems.add("expected sections in YAML, but it has none");
        } catch (YamlEngineException e) {
            problems.add("expected YAML, but " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
        return new Section("", Map.of(), new ArrayList<>());
    }

    private Catalog catalog(Section all) {
        all.allow(Set.of("currency", "bonus", "largest_purchase", PACKS));
        String currency = all.currency("currency");
        long largest = all.number("largest_purchase");
        Section bonus = all.section("bonus");
        bonus.allow(Set.of("percent", "from"));
        BonusRule rule = new BonusRule(bonus.number("percent", 0, HUNDRED), bonus.number("from"));
        List<Section> sections = all.sections(PACKS);
        if (sections.size() > MOST_PACKS) {
            problems.add("packs: expected at most " + MOST_PACKS + ", but there are " + sections.size());
        }
        List<Pack> packs = sections.stream().map(section -> pack(section, rule, currency, largest)).toList();
        noneTwice(packs);
        return new Catalog(largest, packs);
    }

    private static Pack pack(Section section, BonusRule rule, String currency, long largest) {
        section.allow(Set.of("id", "tokens", "price", RETIRED));
        long tokens = section.number("tokens");
        Pack pack = new Pack(section.name("id"), tokens, rule.bonusFor(tokens), section.number("price"), currency,
                section.flag(RETIRED));
        if (pack.total() > largest) {
            section.wrong("tokens", "at most largest_purchase (" + largest + ") with what comes on top",
                    String.valueOf(pack.total()));
        }
        return pack;
    }

    private void noneTwice(List<Pack> packs) {
        Set<Object> seen = new HashSet<>();
        for (Pack pack : packs) {
            if (!seen.add(pack.id())) {
                problems.add("packs: expected each id once, but " + pack.id() + " is there again");
            }
            if (!pack.retired() && !seen.add(pack.tokens())) {
                problems.add("packs: expected no two packs on sale with as many tokens, but another one has "
                        + pack.tokens());
            }
        }
    }
}
