package dev.purser.api;

import dev.purser.api.contract.Endpoint;

/** Answers exchanges whose time is up. */
final class Overdue {

    private static final int RETRY_AFTER_SECONDS = 1;

    private Overdue() {
    }

    static void answer(Exchange exchange) {
        if (!exchange.request().isEnded()) {
            exchange.answer(incomplete());
            exchange.request().connection().close();
            return;
        }
        Problem problem = Outcomes.unavailable("timed_out", RETRY_AFTER_SECONDS);
        if (!exchange.wasHanded()) {
            exchange.answer(problem.with(Problem.Effect.NOT_APPLIED));
            return;
        }
        problem = problem.with(Problem.Effect.UNKNOWN);
        Endpoint endpoint = exchange.endpoint();
        boolean write = endpoint != null && endpoint.isKeyed();
        exchange.answer(write && !exchange.hasKey() ? problem.notRetryable() : problem);
    }

    static Problem incomplete() {
        return Problem.refusal(ProblemCode.REQUEST_TIMEOUT,
                "Expected the whole request by now, but parts of it are missing");
    }
}
