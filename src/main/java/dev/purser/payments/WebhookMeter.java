package dev.purser.payments;

/** Is told of every event that was heard of. */
public interface WebhookMeter {

    WebhookMeter NONE = (_, _, _) -> {
    };

    /** {@code nanos} is from the request's head to what came of it, one of the few texts that {@link Fate} has. */
    void heard(String provider, String fate, long nanos);
}
