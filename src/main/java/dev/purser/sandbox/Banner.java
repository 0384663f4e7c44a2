package dev.purser.sandbox;

import java.nio.file.Path;

/**
 * What one sees when development mode is ready: where it is, and what to try first.
 *
 * @param api the URL of the API's server, and {@code management} that of health and metrics
 * @param data where balances are kept, in words
 * @param tokens the file with all demo users' tokens
 * @param token alice's
 */
public record Banner(String api, String management, String data, Path tokens, String token) {

    public String text() {
        return """

                  Purser is ready, in development mode. Ctrl-C stops it.

                    Wallet      %1$s/         (pick a demo user)
                    Console     %1$s/admin    (pick admin)
                    API         %1$s/api/v1   (contract: %1$s/openapi.yaml)
                    Management  %2$s/health/ready   %2$s/metrics
                    Data        %3$s

                  Alice was given 1,000 tokens. Look at them, and spend some:

                    export ALICE=%5$s
                    curl -s -H "Authorization: Bearer $ALICE" %1$s/api/v1/tokens/balance
                    curl -s -H "Authorization: Bearer $ALICE" -H "Idempotency-Key: spend-$RANDOM" \\
                      -H "Content-Type: application/json" -d '{"amount": 25}' %1$s/api/v1/tokens/spend

                  More tokens, for bob, carol (a creator), backend (acts for users) and admin:

                    source %4$s

                """.formatted(api, management, data, tokens, token);
    }
}
