package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private static final Map<String, String> DEV = Map.of("PURSER_MODE", "dev");
    private static final String SECRET = "correct-horse-battery-staple-is-long-enough";

    @TempDir
    Path folder;

    static ThrowableAssertAlternative<WrongSettings> assertWrong(Map<String, String> environment, Path folder) {
        return assertThatExceptionOfType(WrongSettings.class)
                .isThrownBy(() -> assertThat(SettingsReader.read(environment, folder)).isNotNull());
    }

    @Test
    void shouldListAllThatIsWrongInOneMessage() throws Exception {
        writeFile("""
                lanes: many
                http:
                  prot: 8081
                lane:
                  patience: 4
                """);

        assertWrong(
                Map.of("PURSER_HTTP_PORT", "99999", "PURSER_HTPP_PORT", "1", "PURSER_DATABASE_URL", "mysql://a:b@c/d",
                        "PURSER_JWT_SECRET", "hunter2"),
                folder)
                .withMessage(
                        """
                                Purser does not start, because of 7 wrong settings:
                                  - PURSER_HTPP_PORT (environment): Expected a known variable, but there is none of this name; did you mean PURSER_HTTP_PORT?
                                  - http.prot (conf/purser.yaml): Expected a known setting, but there is none of this name; did you mean http.port?
                                  - http.port (PURSER_HTTP_PORT): Expected a port from 0 (any free one) to 65535, but found "99999"
                                  - jwt.secret (PURSER_JWT_SECRET): Expected a secret of at least 32 bytes, or dev, but found 7 bytes (a secret, so not shown)
                                  - database.url (PURSER_DATABASE_URL): Expected postgresql://user:password@host:5432/database, or embedded, but found 15 bytes (a secret, so not shown)
                                  - lanes (conf/purser.yaml): Expected a whole number of at least 1, or auto, but found "many"
                                  - lane.patience (conf/purser.yaml): Expected a duration such as 500ms, 10s, 5m, 12h or 30d, but found "4"
                                Every setting, its default and what it does: conf/purser.yaml""");
    }

    @Test
    void shouldSayOnceWhatIsWrongWithASettingThatSeveralPartsGoBy() {
        assertWrong(Map.of("PURSER_DEFAULT_MODE", "dev", "PURSER_RATE_LIMITS", "maybe"), folder)
                .withMessageMatching("(?s)(?!.*rate_limits.*rate_limits).*rate_limits .PURSER_RATE_LIMITS.*");
    }

    @Test
    void shouldSayWhatProductionNeeds() {
        assertWrong(Map.of(), folder)
                .withMessageContaining(
                        "database.url (not set): Expected a database, but found none; set PURSER_DATABASE_URL")
                .withMessageContaining("jwt (not set): Expected a way to verify tokens, but found none; set");
    }

    @Test
    void shouldLetProductionNameWhatItIsRefusedOtherwise() {
        Settings settings = SettingsReader.read(Map.of("PURSER_DATABASE_URL", "embedded", "PURSER_JWT_SECRET", "dev",
                "PURSER_SANDBOX", "on"), folder);

        assertThat(settings.mode()).isEqualTo(Settings.Mode.PRODUCTION);
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.sandbox()).isTrue();
        assertThat(((Settings.Tokens.Secret) settings.tokens()).isDev()).isTrue();
    }

    @Test
    void shouldReadSecretsFromFiles() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        Settings settings = SettingsReader.read(
                Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET_FILE", secret.toString()),
                folder);

        assertThat(settings.tokens()).isEqualTo(new Settings.Tokens.Secret(SECRET, null, null));
    }

    @Test
    void shouldRefuseASecretGivenTwice() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);

        assertWrong(Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET", SECRET, "PURSER_JWT_SECRET_FILE",
                secret.toString()), folder)
                .withMessageContaining("either PURSER_JWT_SECRET or PURSER_JWT_SECRET_FILE, but found both")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void shouldNameASecretFileThatIsNotThere() {
        assertWrong(Map.of("PURSER_MODE", "dev", "PURSER_DATABASE_URL_FILE", "/nowhere/url"), folder)
                .withMessageContaining(
                        "database.url (PURSER_DATABASE_URL_FILE = /nowhere/url): Expected a readable file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "jwt: {secret: " + SECRET + "}",
            "database: {url: 'postgresql://purser:" + SECRET + "@db/purser'}",
            "database: {url: 'postgresql://db/purser?user=a&password=" + SECRET + "'}",
            "database: {url: 'postgresql://purser:" + SECRET + "^@db/purser'}",
            "jwt: {secret: [" + SECRET + "]",
            "jwt: " + SECRET,
            SECRET})
    void shouldNotShowASecretThatIsInTheFile(String yaml) throws Exception {
        writeFile(yaml);

        assertWrong(DEV, folder).withMessageNotContaining(SECRET);
    }

    @Test
    void shouldNotShowSecretsAsText() {
        Settings settings = SettingsReader.read(Map.of("PURSER_JWT_SECRET", SECRET, "PURSER_DATABASE_URL",
                "postgresql://purser:" + SECRET + "@db/purser"), folder);

        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseTwoWaysToVerifyTokens() {
        assertWrong(
                Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET", SECRET, "PURSER_JWT_JWKS_URL", "https://a.example/"),
                folder).withMessageContaining(
                        "Expected exactly one way to verify tokens, but found "
                                + "jwt.secret (PURSER_JWT_SECRET) and jwt.jwks_url (PURSER_JWT_JWKS_URL)");
    }

    @Test
    void shouldReadAPublicKeyAsTextOrFile() throws Exception {
        String pem = SettingsTest.publicKey();
        Path file = Files.writeString(folder.resolve("key.pem"), pem);

        Settings asText = SettingsReader.read(Map.of("PURSER_MODE", "dev", "PURSER_JWT_PUBLIC_KEY", pem), folder);
        Settings onOneLine = SettingsReader
                .read(Map.of("PURSER_MODE", "dev", "PURSER_JWT_PUBLIC_KEY", pem.replace("\n", "\\n")), folder);
        Settings asFile = SettingsReader
                .read(Map.of("PURSER_MODE", "dev", "PURSER_JWT_PUBLIC_KEY", file.toString()), folder);

        assertThat(asText.tokens()).isInstanceOf(Settings.Tokens.PublicKey.class)
                .isEqualTo(asFile.tokens()).isEqualTo(onOneLine.tokens());
    }

    @ParameterizedTest
    @CsvSource({
            "PURSER_DATABASE_STATEMENT_TIMEOUT, 5s, database.statement_timeout (cross check)",
            "PURSER_LANE_PATIENCE, 4500ms, lane.patience + database.commit_deadline (cross check)",
            "PURSER_CLUSTER_DELIVERY, 10s, cluster.delivery (cross check)",
            "PURSER_MANAGEMENT_PORT, 8080, management.port (PURSER_MANAGEMENT_PORT)",
            "PURSER_CLUSTER_MEMBERS, other:5701, cluster.members (PURSER_CLUSTER_MEMBERS)",
            "PURSER_IDEMPOTENCY_CLIENT_KEYS_KEPT, 29d, at least 30d",
            "STRIPE_COOL_DOWN, 30d, stripe.cool_down (cross check)",
            "PURSER_LOG_LEVEL, LOUD, PURSER_LOG_LEVEL (environment)"})
    void shouldCheckWhatMustHoldBetweenSettings(String name, String value, String expected) {
        assertWrong(Map.of("PURSER_MODE", "dev", name, value), folder)
                .withMessageContaining("because of a wrong setting").withMessageContaining(expected);
    }

    @Test
    void shouldReadTheFileThatIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("other.yaml"), "http:\n  port: 8081\nlane:\n");

        Settings settings = SettingsReader.read(Map.of("PURSER_MODE", "dev", "PURSER_CONFIG", file.toString()), folder);

        assertThat(settings.http().port()).isEqualTo(8081);
        assertWrong(Map.of("PURSER_MODE", "dev", "PURSER_CONFIG", "missing.yaml"), folder)
                .withMessageContaining("missing.yaml): Expected a readable file");
    }

    @Test
    void shouldReadTheCatalogOfTheWorkingDirectoryAndSayWhatIsWrongWithIt() throws Exception {
        Map<String, String> dev = Map.of("PURSER_MODE", "dev");
        assertThat(SettingsReader.read(dev, folder).catalog().pack("regular")).isPresent();

        Path file = Files.createDirectories(folder.resolve("conf")).resolve("catalog.yaml");
        Files.writeString(file, """
                currency: eur
                bonus: {percent: 5, from: 5000}
                largest_purchase: 1000
                packs: [{id: one, tokens: 10, price: 1}]
                """);
        assertThat(SettingsReader.read(dev, folder).catalog().packOf(10)).isPresent();

        Files.writeString(file, Files.readString(file).replace("10", "1.5"));
        assertWrong(dev, folder)
                .withMessageContaining("catalog (conf/catalog.yaml): packs[0].tokens: expected a whole");
        assertWrong(Map.of("PURSER_MODE", "dev", "PURSER_CATALOG", "none.yaml"), folder)
                .withMessageContaining("catalog (PURSER_CATALOG): Expected a catalog that can be read, or auto");
    }

    @Test
    void shouldIgnoreWhatKubernetesSetsForAServiceOfThisName() {
        Settings settings = SettingsReader.read(Map.of("PURSER_MODE", "dev", "PURSER_SERVICE_HOST", "10.0.0.1",
                "PURSER_SERVICE_PORT_HTTP", "8080", "PURSER_PORT", "tcp://10.0.0.1:8080", "PURSER_PORT_8080_TCP_ADDR",
                "10.0.0.1", "PURSER_HTTP_PORT", "tcp://10.0.0.1:8080"), folder);

        assertThat(settings.http().port()).isEqualTo(8080);
    }

    private void writeFile(String yaml) throws Exception {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/purser.yaml"), yaml);
    }
}
