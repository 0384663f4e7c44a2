package dev.purser.api;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How the API is served.
 *
 * @param port 0 for a free one that is not shared, negative for a free one that all servers with that number share
 * @param deadline after which a request is answered, whatever it waits for
 * @param idle after which a connection without a request is closed
 * @param connections how many each server keeps at most
 * @param allowedOrigins the origins whose pages may call the API ({@code *} for all); none by default
 * @param buyUrl where someone who has too few tokens can get some
 */
public record ApiSettings(String host, int port, Duration deadline, Duration idle, int connections,
        Set<String> allowedOrigins, @Nullable String buyUrl) {

    private static final int CONNECTIONS = 10_000;

    /** With as many connections as a server usually has. */
    public ApiSettings(String host, int port, Duration deadline, Duration idle, Set<String> allowedOrigins,
            @Nullable String buyUrl) {
        this(host, port, deadline, idle, CONNECTIONS, allowedOrigins, buyUrl);
    }

    public static ApiSettings of(String host, int port) {
        return new ApiSettings(host, port, Duration.ofSeconds(10), Duration.ofSeconds(75), Set.of(), null);
    }
}
