package dev.purser.lane;

/**
 * What an operation is recognised by when it comes again, within its wallet.
 *
 * @param text the key; the part before the first colon keeps the keys of clients and of facts apart
 * @param fingerprint the request in short, so that another request under the same key is noticed
 * @param lasting whether it is a fact that must be known for ever, or a client's key that may be forgotten in time
 */
public record OpKey(String text, String fingerprint, boolean lasting) {

    /**
     * A client's {@code Idempotency-Key}. Two principals may use the same one without getting in each other's way; the
     * slash ends the subject, which has none.
     */
    public static OpKey ofClient(String subject, String key, String fingerprint) {
        return new OpKey("client:" + subject + "/" + key, fingerprint, false);
    }
}
