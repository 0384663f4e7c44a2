package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Someone who signs certificates, with the JDK's keytool; its files lie in a folder of their own. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";
    private static final String CA = "ca";

    private final Path folder;
    private final Path store;

    public TestAuthority(String name) {
        folder = Folders.emptied(Path.of("target", "it-data", "authority-" + name).toAbsolutePath());
        store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", CA, "-dname", "CN=" + name, "-ext", "bc:c");
        write(folder.resolve("authority.pem"), certificate(entry(CA).getCertificateChain()[0]));
    }

    /** The settings of a node whose certificate this authority has signed. */
    public Map<String, String> settingsOf(String node) {
        return Map.of("PURSER_CLUSTER_TLS_CERTIFICATE", sign(node).toString(), "PURSER_CLUSTER_TLS_KEY",
                folder.resolve(node + ".key").toString(), "PURSER_CLUSTER_TLS_AUTHORITY", authority().toString());
    }

    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** Keys and certificates, of a node and of the authority, as Java likes them. */
    public KeyStore keys(String node) {
        Path _ = sign(node);
        return load();
    }

    public static char[] password() {
        return PASSWORD.toCharArray();
    }

    /** Signs a certificate, and answers the file that it is in. */
    private Path sign(String node) {
        Path file = folder.resolve(node + ".pem");
        if (!Files.exists(file)) {
            keytool("-genkeypair", "-alias", node, "-signer", CA, "-dname", "CN=" + node);
            KeyStore.PrivateKeyEntry made = entry(node);
            write(file, certificate(made.getCertificateChain()[0]));
            write(folder.resolve(node + ".key"), pem("PRIVATE KEY", encoded(made.getPrivateKey())));
        }
        return file;
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() {
        try {
            return KeyStore.getInstance(store.toFile(), password());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore.PrivateKeyEntry entry(String alias) {
        try {
            return (KeyStore.PrivateKeyEntry) load().getEntry(alias, new KeyStore.PasswordProtection(password()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Key key) {
        return key.getEncoded();
    }

    private static String certificate(Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type,
                Base64.getMimeEncoder().encodeToString(bytes), type);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
