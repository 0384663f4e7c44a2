package dev.purser.api;

import java.util.Locale;

/** The sorts of problem there are. Programs rely on the names: they never change. */
enum ProblemCode {
    INVALID_REQUEST(400, "The request is not as the contract has it"),
    INVALID_KEY(400, "The Idempotency-Key is malformed"),
    INVALID_CURSOR(400, "The cursor cannot be used here"),
    UNKNOWN_PACK(400, "There is no such pack"),
    PAYMENT_REFUSED(400, "The payment provider refuses it"),
    MALFORMED_HTTP(400, "The request is not valid HTTP"),
    UNAUTHORIZED(401, "A valid token is needed"),
    INSUFFICIENT_FUNDS(402, "Not enough tokens"),
    ACCOUNT_IN_DEBT(402, "A debt must be repaid first"),
    NOT_ALLOWED(403, "Not allowed"),
    WALLET_FROZEN(403, "The wallet is frozen"),
    WALLET_CLOSED(403, "The wallet is closed"),
    RECIPIENT_FROZEN(403, "The recipient's wallet is frozen"),
    RECIPIENT_CLOSED(403, "The recipient's wallet is closed"),
    NOT_FOUND(404, "There is nothing here"),
    HOLD_NOT_FOUND(404, "There is no such hold"),
    ACCOUNT_NOT_FOUND(404, "There is no such account"),
    CALL_NOT_FOUND(404, "There is no such call"),
    PAYOUT_NOT_FOUND(404, "There is no such payout"),
    PURCHASE_NOT_FOUND(404, "There is no such purchase"),
    EVENT_NOT_FOUND(404, "There is no such event"),
    CREATOR_NOT_FOUND(404, "There is no such creator"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    REQUEST_TIMEOUT(408, "The request did not come in time"),
    KEY_BUSY(409, "The first request with this key is under way"),
    HOLD_SETTLED(409, "The hold is settled"),
    HOLD_RELEASED(409, "The hold is released"),
    HOLD_EXPIRED(409, "The hold has expired"),
    HOLD_EXISTS(409, "The hold is already there"),
    HOLD_IN_USE(409, "The hold belongs to a call, a payout or a disputed purchase"),
    CALL_ENDED(409, "The call is over"),
    PAYOUT_DECIDED(409, "The payout is decided"),
    NOT_PAYABLE(409, "Not enough tokens can be paid out"),
    EXCEEDS_HOLD(409, "More than is held"),
    TOO_MANY_HOLDS(409, "Too many holds"),
    TOO_MANY_LOTS(409, "Too many expiry times"),
    BALANCE_OVERFLOW(409, "The wallet cannot hold so much"),
    ALREADY_FROZEN(409, "The wallet is frozen already"),
    NOT_FROZEN(409, "The wallet is not frozen"),
    HOLDS_OPEN(409, "The wallet has open holds"),
    WALLET_NOT_EMPTY(409, "The wallet is not empty"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    KEY_REUSED(422, "The key belongs to another request"),
    SOURCE_NEVER_EXPIRES(422, "Tokens of this source never expire"),
    EXPIRES_IN_PAST(422, "The expiry has passed"),
    TO_ITSELF(422, "The wallet cannot send to itself"),
    TRANSFER_TOO_LARGE(422, "More than may be sent at once"),
    PAYOUT_TOO_SMALL(422, "Less than a payout takes"),
    RATE_LIMITED(429, "Too many requests"),
    TOO_MANY_OPEN_PURCHASES(429, "Too many purchases are open"),
    PAYMENTS_DECLINED(429, "Too many payments were declined"),
    TRANSFER_LIMITED(429, "As much as may be sent for now"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    PROVIDER_UNAVAILABLE(502, "The payment provider does not answer"),
    NOTHING_SOLD(503, "Nothing is sold here"),
    UNAVAILABLE(503, "Not available for the moment"),
    KEYS_UNAVAILABLE(503, "Tokens cannot be verified for the moment"),
    PROVIDER_TIMEOUT(504, "The payment provider did not answer in time");

    private final int status;
    private final String title;
    private final String text = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The code as clients see it. */
    String text() {
        return text;
    }
}
