package dev.purser.catalog;

import org.jspecify.annotations.Nullable;

/** What became of an order at the till. */
public sealed interface Sale {

    /**
     * There is a payment; how it stands is still open, or it has failed.
     *
     * @param id the payment's, such as {@code pi_123}
     * @param status as the provider calls it
     * @param clientSecret lets the buyer's own device go on with it
     * @param failure why it was declined, if it was
     * @param replayed whether it was begun before, under the same key
     */
    record Begun(String id, String status, @Nullable String clientSecret, @Nullable String failure, boolean replayed)
            implements
                Sale {
    }

    /**
     * There is a page to pay on.
     *
     * @param id the page's, such as {@code cs_123}
     * @param url where it is; null when it is over
     * @param replayed whether it was opened before, under the same key
     */
    record Opened(String id, String status, @Nullable String url, boolean replayed) implements Sale {
    }

    /** The provider finds the order wrong: there is no such payment method, for one. */
    record Refused(String why) implements Sale {
    }

    /** The same key was used for another order. */
    record KeyReused() implements Sale {
    }

    /**
     * The provider did not answer, or not sensibly. Under the same key it may be tried again.
     *
     * @param late whether it is not known if the payment was begun
     */
    record Unanswered(boolean late) implements Sale {
    }

    /** The payer has begun as many as a minute may have. */
    record TooMany(int limit) implements Sale {
    }

    /** The payer has as many under way as may be. */
    record TooManyOpen(int limit) implements Sale {
    }

    /** So many of the payer's payments were declined lately; nothing is begun for {@code seconds}. */
    record CoolingDown(int declines, long seconds) implements Sale {
    }

    /** There is no till. */
    record Closed() implements Sale {
    }
}
