package dev.purser.payments;

/** Is told of every event that was heard of. */
public interface WebhookMeter {

    WebhookMeter NONE = new WebhookMeter() {
        @Override
        public void heard(String provider, String fate, long nanos) {
            // Nobody looks at it.
        }

        @Override
        public void healed(String provider, String fate) {
            // Nobody looks at it.
        }
    };

    /** {@code nanos} is from the request's head to what came of it, one of the few texts that {@link Fate} has. */
    void heard(String provider, String fate, long nanos);

    /** What was told in vain was mended. */
    void healed(String provider, String fate);
}
