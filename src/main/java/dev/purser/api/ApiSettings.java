package dev.purser.api;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.EarningRate;

/**
 * How the API is served.
 *
 * @param port 0 for a free one that is not shared, negative for a free one that all servers with that number share
 * @param deadline after which a request is answered, whatever it waits for
 * @param idle after which a connection without a request is closed
 * @param connections how many each server keeps at most
 * @param allowedOrigins the origins whose pages may call the API ({@code *} for all); none by default
 * @param buyUrl where someone who has too few tokens can get some
 * @param returns where a buyer may be sent back to
 */
public record ApiSettings(String host, int port, Duration deadline, Duration idle, int connections,
        Set<String> allowedOrigins, @Nullable String buyUrl, Earnings earnings, ReturnUrls returns) {

    /**
     * What is said of earnings.
     *
     * @param currency what the cents are of
     * @param rate what earned tokens are worth
     * @param safetyPeriod how old they must be to be paid out
     */
    public record Earnings(String currency, EarningRate rate, Duration safetyPeriod) {
    }

    /** As a server usually is. */
    public static ApiSettings of(String host, int port) {
        return new ApiSettings(host, port, Duration.ofSeconds(10), Duration.ofSeconds(75), 10_000, Set.of(), null,
                new Earnings("usd", new EarningRate(1, 1), Duration.ofDays(7)), ReturnUrls.anywhere());
    }
}
