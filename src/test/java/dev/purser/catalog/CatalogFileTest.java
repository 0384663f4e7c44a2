package dev.purser.catalog;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {

    private static final String GOOD = """
            currency: eur
            bonus: {percent: 5, from: 5000}
            largest_purchase: 6000
            packs:
              - {id: small, tokens: 4999, price: 1}
              - {id: large, tokens: 5019, price: 4499}
            """;

    @Test
    void shouldReadTheCatalogThatTravelsInTheJar() throws IOException {
        Catalog catalog = CatalogFile.read(Files.readString(Path.of("conf", "catalog.yaml")));
        assertThat(catalog.packs()).isNotEmpty();
        assertThat(catalog.pack("regular")).contains(new Pack("regular", 1_000, 0, 949, "usd", false));
    }

    @Test
    void shouldGiveTheBonusFromItsThresholdOnRoundedDown() {
        Catalog catalog = CatalogFile.read(GOOD);
        assertThat(catalog.pack("small")).hasValueSatisfying(pack -> assertThat(pack.bonus()).isZero());
        assertThat(catalog.packOf(5_019)).contains(new Pack("large", 5_019, 250, 4_499, "eur", false));
        assertThat(catalog.packOf(250)).isEmpty();
        assertThat(catalog.pack("huge")).isEmpty();
    }

    @Test
    void shouldStillKnowAPackThatIsNotSoldAnyMore() {
        Catalog catalog = CatalogFile.read(GOOD.replace("{id: small, tokens: 4999,",
                "{id: old, tokens: 4999, price: 2, retired: true}\n  - {id: small, tokens: 4999,"));
        assertThat(catalog.onSale()).extracting(Pack::id).containsExactly("small", "large");
        assertThat(catalog.pack("old")).isPresent();
        assertThat(catalog.packOf(4_999)).map(Pack::id).contains("small");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            price: 4499      | price: 44.99    | packs[1].price: expected a whole number from 1 to 1000000000000, but found "44.99"
            price: 4499      | price: 1e3      | packs[1].price: expected a whole number from 1 to 1000000000000, but found "1e3"
            price: 4499      | price: 0        | packs[1].price: expected a whole number from 1 to 1000000000000, but found "0"
            price: 4499      | prize: 4499     | packs[1].prize: expected only [id, price, retired, tokens], but found this
            tokens: 5019     | tokens: -5      | packs[1].tokens: expected a whole number from 1 to 1000000000000, but found "-5"
            tokens: 5019     | tokens: 4999    | packs: expected no two packs on sale with as many tokens, but another one has 4999
            tokens: 5019     | tokens: 5800    | packs[1].tokens: expected at most largest_purchase (6000) with what comes on top, but found "6090"
            tokens: 5019     | tokens: 9223372036854775808 | packs[1].tokens: expected a whole number from 1 to 1000000000000, but found "9223372036854775808"
            id: large        | id: small       | packs: expected each id once, but small is there again
            id: large        | id: "Großes"    | packs[1].id: expected small letters, digits, _ and -, at most 64, but found "Großes"
            currency: eur    | currency: Euro  | currency: expected three small letters, such as usd, but found "Euro"
            percent: 5       | percent: half   | bonus.percent: expected a whole number from 0 to 100, but found "half"
            price: 4499      | price: 4499, retired: soon | packs[1].retired: expected true or false, but found "soon"
            packs:           | pax:            | packs: expected a list of at least one, but found nothing
            """)
    void shouldSayWhatIsWrong(String good, String wrong, String problem) {
        assertThatThrownBy(() -> CatalogFile.read(GOOD.replace(good, wrong))).asInstanceOf(type(WrongCatalog.class))
                .extracting(WrongCatalog::problems, as(InstanceOfAssertFactories.LIST)).contains(problem);
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> CatalogFile.read("packs: [{}, 7]\nbonus: 3")).asInstanceOf(type(WrongCatalog.class))
                .extracting(WrongCatalog::problems, as(InstanceOfAssertFactories.LIST)).hasSizeGreaterThan(6);
        assertThatThrownBy(() -> CatalogFile.read("")).hasMessageContaining("expected sections in YAML");
        assertThatThrownBy(() -> CatalogFile.read("a: [")).hasMessageContaining("expected YAML, but");
    }
}
