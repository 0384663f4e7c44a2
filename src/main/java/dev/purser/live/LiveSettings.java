package dev.purser.live;

import java.time.Duration;
import java.util.Set;

/**
 * How balances are shown live.
 *
 * @param clients how many a node has at most, and {@code clientsPerUser} of one user
 * @param ping after so long a client that says nothing is asked whether it is still there
 * @param allowedOrigins the origins, beside the service's own, whose pages may connect ({@code *} for all)
 */
public record LiveSettings(int clients, int clientsPerUser, Duration ping, Set<String> allowedOrigins) {

    /** How long a client may take to say who it is. */
    static final Duration SIGN_IN = Duration.ofSeconds(5);

    public LiveSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
