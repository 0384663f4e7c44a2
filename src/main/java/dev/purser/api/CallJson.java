package dev.purser.api;

import java.io.IOException;

import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.MeteredCall;

/** Calls by the minute, as clients see them. */
final class CallJson {

    private CallJson() {
    }

    /** What both sides may see. */
    static void write(JsonOut out, String payer, Hold hold, MeteredCall call, HoldState state) throws IOException {
        out.put("id", hold.id());
        out.put("payer_id", payer);
        out.put("creator_id", call.to());
        out.put("state", state == HoldState.OPEN ? "active" : "ended");
        out.put("rate_per_minute", call.rate());
        out.put("max_minutes", call.most());
        out.put("minutes", call.begun());
        out.put("charged", call.charged());
        out.put("started_at", call.startedAt());
        out.put("paid_until", hold.expiresAt());
        out.put("last_minute", state != HoldState.OPEN || hold.amount() == 0);
        out.put("lease_until", call.leaseUntil());
        if (call.end() != null) {
            out.put("ended_because", call.end().text());
        }
    }

    /** What is for who pays alone, too: how many minutes more there are tokens for. */
    static void writeForPayer(JsonOut out, String payer, Hold hold, MeteredCall call, long available)
            throws IOException {
        write(out, payer, hold, call, HoldState.OPEN);
        out.put("minutes_left",
                Math.min(call.most() - call.begun(), hold.amount() / call.rate() + available / call.rate()));
    }
}
