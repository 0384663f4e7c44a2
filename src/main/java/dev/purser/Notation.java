package dev.purser;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.purser.lane.RateLimits;
import dev.purser.wallet.EarningRate;

/**
 * How a kind of value is written.
 *
 * @param expected the notation in words, for a message
 * @param parser empty for a text that is not so written
 */
record Notation<T>(String expected, Function<String, Optional<T>> parser) {

    static final Notation<Integer> PORT = whole("a port from 0 (any free one) to 65535", 0, 65_535);
    static final Notation<Boolean> SWITCH = oneOf(Map.of("on", true, "off", false), "on or off");
    static final Notation<Duration> DURATION = new Notation<>("a duration such as 500ms, 10s, 5m, 12h or 30d",
            Notation::duration);
    static final Notation<Long> SIZE = new Notation<>("a size such as 512B, 64KiB or 32MiB", Notation::size);
    static final Notation<RateLimits.Limit> LIMIT = new Notation<>("a limit such as 600 per 60s", Notation::limit);
    static final Notation<Long> TOKENS = new Notation<>("a whole number of tokens, at least 1",
            text -> Optional.of(text).filter(number -> number.matches("[1-9]\\d{0,17}")).map(Long::valueOf));
    static final Notation<EarningRate> RATE = new Notation<>("cents per tokens, such as 50 per 100", Notation::rate);
    static final Notation<String> CURRENCY = new Notation<>("a currency of three small letters, such as usd",
            text -> Optional.of(text).filter(code -> code.matches("[a-z]{3}")));
    static final Notation<URI> URL = new Notation<>("an http or https URL", Notation::url);
    static final Notation<List<String>> ORIGINS = list(
            "origins such as https://app.example.com, with commas between and no path", "https?://[^/\\s?#@]+");
    static final Notation<List<String>> WEBHOOK_SECRETS = list("secrets of at least 16 characters, with commas between",
            "[^\\s,]{16,}");
    static final Notation<String> STRIPE_KEY = new Notation<>("a key of Stripe's, sk_... or rk_...",
            text -> Optional.of(text).filter(key -> key.matches("[sr]k_\\w{4,250}")));
    static final Notation<String> NAME = new Notation<>("a name of letters, digits and ._-",
            text -> Optional.of(text).filter(name -> name.matches("[\\w.-]{1,64}")));
    static final Notation<List<String>> MEMBERS = list(
            "host:port of other nodes with commas between, or dns:<service>", "(dns:[\\w.-]+)|([^\\s:/]+:\\d{1,5})");

    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE_TEXT = Pattern.compile("(\\d{1,9})(B|KiB|MiB)");
    private static final Pattern RATE_TEXT = Pattern.compile("(\\d{1,6}) per ([1-9]\\d{0,5})");
    private static final Pattern LIMIT_TEXT = Pattern.compile("(\\d{1,9}) per (\\w+)");

    static <T> Notation<T> oneOf(Map<String, T> values, String expected) {
        return new Notation<>(expected, text -> Optional.ofNullable(values.get(text)));
    }

    static Notation<Integer> count(int least) {
        return whole("a whole number of at least " + least, least, Integer.MAX_VALUE);
    }

    /** The same, but {@code auto} stands for {@code meaning}. */
    Notation<T> orAuto(T meaning) {
        return new Notation<>(expected + ", or auto",
                text -> text.equals("auto") ? Optional.of(meaning) : parser.apply(text));
    }

    Optional<T> parse(String text) {
        return parser.apply(text);
    }

    private static Notation<Integer> whole(String expected, int least, int most) {
        return new Notation<>(expected, text -> {
            try {
                return Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    private static Notation<List<String>> list(String expected, String element) {
        return new Notation<>(expected, text -> {
            List<String> elements = Arrays.stream(text.split(",", -1)).map(String::strip)
                    .filter(part -> !part.isEmpty()).toList();
            return Optional.of(elements).filter(all -> all.stream().allMatch(part -> part.matches(element)));
        });
    }

    private static Optional<Duration> duration(String text) {
        Matcher parts = DURATION_TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return Optional.of(duration).filter(Duration::isPositive);
    }

    private static Optional<Long> size(String text) {
        Matcher parts = SIZE_TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shift = switch (parts.group(2)) {
            case "B" -> 0;
            case "KiB" -> 10;
            default -> 20;
        };
        return Optional.of(Long.parseLong(parts.group(1)) << shift).filter(size -> size > 0);
    }

    private static Optional<RateLimits.Limit> limit(String text) {
        Matcher parts = LIMIT_TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int operations = Integer.parseInt(parts.group(1));
        return duration(parts.group(2))
                .filter(window -> operations > 0 && window.toMillisPart() == 0 && window.toDays() < 1)
                .map(window -> new RateLimits.Limit(operations, Math.toIntExact(window.toSeconds())));
    }

    private static Optional<EarningRate> rate(String text) {
        Matcher parts = RATE_TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new EarningRate(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
