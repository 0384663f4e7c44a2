package dev.purser;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What was written for a setting, and where.
 *
 * @param path the setting, such as {@code http.port}
 * @param text empty if nothing was written
 * @param origin the variable or file it was written in
 */
record Found(String path, String text, String origin) {

    /** The settings that are secrets, or may hold one. */
    static final Set<String> SECRETS = Set.of("jwt.secret", "database.url", "stripe.webhook_secret",
            "stripe.secret_key");

    private static final int LONGEST_SHOWN = 100;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** The value as a message may show it. */
    String shown() {
        if (isEmpty()) {
            return "nothing";
        }
        return SECRETS.contains(path) || text.contains("PRIVATE KEY")
                ? text.getBytes(StandardCharsets.UTF_8).length + " bytes (a secret, so not shown)"
                : '"' + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + '"';
    }

    @Override
    public String toString() {
        return path + " = " + shown() + " (" + origin + ")";
    }
}
