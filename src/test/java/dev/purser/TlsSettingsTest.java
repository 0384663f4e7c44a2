package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.purser.cluster.ClusterSettings;
import dev.purser.support.TestAuthority;

class TlsSettingsTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("settings");
    private static final Map<String, String> GOOD = AUTHORITY.settingsOf("node");
    private static final String CERTIFICATE = "PURSER_CLUSTER_TLS_CERTIFICATE";
    private static final String KEY = "PURSER_CLUSTER_TLS_KEY";

    @TempDir
    Path folder;

    @Test
    void shouldReadThreeFilesOrNone() throws Exception {
        ClusterSettings.Tls expected = new ClusterSettings.Tls(Path.of(GOOD.getOrDefault(CERTIFICATE, "")),
                Path.of(GOOD.getOrDefault(KEY, "")), AUTHORITY.authority());
        assertThat(SettingsReader.read(with(CERTIFICATE, GOOD.getOrDefault(CERTIFICATE, "")), folder).cluster().tls())
                .isEqualTo(expected);
        assertThat(SettingsReader.read(Map.of("PURSER_MODE", "dev"), folder).cluster().tls()).isNull();
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/purser.yaml"), """
                cluster:
                  tls_certificate: %s
                  tls_key: %s
                  tls_authority: %s
                """.formatted(expected.certificate(), expected.key(), expected.authority()));
        assertThat(SettingsReader.read(Map.of("PURSER_MODE", "dev"), folder).cluster().tls()).isEqualTo(expected);
    }

    @Test
    void shouldSayWhatIsMissing() {
        SettingsReaderTest.assertWrong(with(KEY, ""), folder).withMessageContaining(
                "Expected all of cluster.tls_certificate, cluster.tls_key and cluster.tls_authority, or none, but"
                        + " there is no cluster.tls_key");
    }

    @Test
    void shouldRefuseFilesThatAreSomethingElse() {
        SettingsReaderTest.assertWrong(with(KEY, AUTHORITY.authority().toString()), folder)
                .withMessageContaining("cluster.tls_key").withMessageContaining("a private key in PEM");
        SettingsReaderTest.assertWrong(with(CERTIFICATE, GOOD.getOrDefault(KEY, "")), folder)
                .withMessageContaining("cluster.tls_certificate").withMessageContaining("certificates in PEM");
        SettingsReaderTest.assertWrong(with(CERTIFICATE, folder.resolve("nowhere").toString()), folder)
                .withMessageContaining("certificates in PEM");
    }

    @Test
    void shouldRefuseACertificateThatTheOthersWouldRefuse() {
        Map<String, String> other = new TestAuthority("other-settings").settingsOf("node");
        SettingsReaderTest.assertWrong(with(CERTIFICATE, other.getOrDefault(CERTIFICATE, "")), folder)
                .withMessageContaining("a valid certificate that cluster.tls_authority has signed");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put("PURSER_MODE", "dev");
        environment.put(name, value);
        return environment;
    }
}
