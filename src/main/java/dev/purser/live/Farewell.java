package dev.purser.live;

import java.util.Locale;

/** Why a client is shown nothing any more, as the code with which a WebSocket is closed; a stream says the name of it. */
public enum Farewell {
    /** The node leaves; others are there. */
    LEAVING(1001, "This node is going away, connect again"),
    /** For the moment nobody can vouch for the wallet, or there are too many clients. */
    LATER(1013, "The balance cannot be had for the moment, connect again later"),
    NOT_UNDERSTOOD(4400, "Expected a JSON message of the type auth or resume"),
    /** The token is missing, invalid or expired. */
    EXPIRED(4401, "Expected a valid token, connect again with one"),
    TOO_MANY(4429, "Too many clients of this user are connected"),
    /** It did not answer when it was asked whether it is still there. */
    SILENT(4408, "No answer to a ping");

    private final int code;
    private final String text;

    Farewell(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    /** What a person may read; short enough for a close frame. */
    String text() {
        return text;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
