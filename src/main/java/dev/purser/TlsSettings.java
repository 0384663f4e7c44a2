package dev.purser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.purser.cluster.ClusterSettings;

/** What the nodes prove to each other that they are of one cluster: three files or none. */
final class TlsSettings {

    private static final String CERTIFICATE = "cluster.tls_certificate";
    private static final String KEY = "cluster.tls_key";
    private static final String AUTHORITY = "cluster.tls_authority";

    private static final Notation<Path> CERTIFICATES = new Notation<>("the path of a file with certificates in PEM",
            text -> file(text).filter(file -> !certificates(file).isEmpty()));
    private static final Notation<Path> PRIVATE_KEY = new Notation<>("the path of a file with a private key in PEM",
            text -> file(text).filter(TlsSettings::isKey));

    private final Values values;
    private final Problems problems;

    TlsSettings(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    ClusterSettings.@Nullable Tls read() {
        List<Found> missing = Stream.of(CERTIFICATE, KEY, AUTHORITY).map(values::find).filter(Found::isEmpty).toList();
        if (missing.size() == 1 || missing.size() == 2) {
            problems.add("cluster.tls", "cross check",
                    "Expected all of " + CERTIFICATE + ", " + KEY + " and " + AUTHORITY
                            + ", or none, but there is no "
                            + missing.stream().map(Found::path).collect(Collectors.joining(" and no ")));
        }
        Optional<Path> certificate = values.readOptional(CERTIFICATE, CERTIFICATES);
        Optional<Path> key = values.readOptional(KEY, PRIVATE_KEY);
        Optional<Path> authority = values.readOptional(AUTHORITY, CERTIFICATES);
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            return null;
        }
        checkTrust(certificate.get(), authority.get());
        return new ClusterSettings.Tls(certificate.get(), key.get(), authority.get());
    }

    /** What the others would refuse later, handshake by handshake, is better said now. */
    private void checkTrust(Path certificate, Path authority) {
        try {
            Set<TrustAnchor> anchors = certificates(authority).stream()
                    .map(each -> new TrustAnchor(each, null)).collect(Collectors.toSet());
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = certificates(certificate).stream()
                    .filter(each -> anchors.stream().noneMatch(anchor -> each.equals(anchor.getTrustedCert())))
                    .toList();
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
        } catch (GeneralSecurityException refused) {
            problems.wrong(values.find(CERTIFICATE), "a valid certificate that " + AUTHORITY + " has signed ("
                    + refused.getMessage() + ")");
        }
    }

    private static Optional<Path> file(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Files::isReadable);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<X509Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .filter((Certificate each) -> each instanceof X509Certificate).map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | GeneralSecurityException e) {
            return List.of();
        }
    }

    private static boolean isKey(Path file) {
        try {
            return Files.readString(file).matches("(?s).*-----BEGIN (RSA |EC )?PRIVATE KEY-----.*");
        } catch (IOException e) {
            return false;
        }
    }
}
