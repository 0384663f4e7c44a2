package dev.purser.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The addresses to which a buyer may be sent back from a page of the payment provider's. Whoever gets one of their own in there
 * sends people who have just paid wherever they like.
 */
public final class ReturnUrls {

    /** What the provider replaces by the id of its page. */
    private static final String ID = "{CHECKOUT_SESSION_ID}";
    /** No host has such a name. */
    private static final String STAND_IN = "CHECKOUT_SESSION_ID";
    private static final Pattern USUAL_PORT = Pattern
            .compile("(?<=^https://[^/]{1,255}):443$|(?<=^http://[^/]{1,255}):80$");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");
    private static final int LARGEST_PORT = 65_535;

    private final boolean development;
    private final Set<String> origins;

    /**
     * @param development whether this machine's own addresses are fine without TLS
     * @param origins those that are allowed; any if empty
     */
    public ReturnUrls(boolean development, Collection<String> origins) {
        this.development = development;
        this.origins = origins.stream().map(ReturnUrls::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Any https address. */
    public static ReturnUrls anywhere() {
        return new ReturnUrls(false, Set.of());
    }

    boolean allows(String url) {
        URI parsed = parse(url.replace(ID, STAND_IN));
        return parsed != null && isSafe(parsed) && (origins.isEmpty() || origins.contains(origin(parsed)));
    }

    /** What is expected of an address, in words. */
    String expected() {
        String where = "an absolute https URL" + (development ? " (or http on this machine)" : "")
                + " without a user in it";
        return origins.isEmpty() ? where : where + " at one of " + origins.stream().sorted().toList();
    }

    private static @Nullable URI parse(String url) {
        try {
            return url.chars().allMatch(c -> c > ' ' && c <= '~') ? new URI(url) : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private boolean isSafe(URI url) {
        // Without a host it may be anything: javascript:, mailto:, a path, a name that browsers read otherwise.
        return url.getHost() != null && url.getRawUserInfo() == null && url.getPort() <= LARGEST_PORT
                && switch (scheme(url)) {
                    case "https" -> true;
                    case "http" -> development && LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
                    default -> false;
                };
    }

    private static String scheme(URI url) {
        return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    }

    private static String origin(URI url) {
        return plain(url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
    }

    /** Without the port that goes without saying. */
    private static String plain(String origin) {
        return USUAL_PORT.matcher(origin.toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
