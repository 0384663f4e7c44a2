package dev.purser.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.purser.wallet.Contested;
import dev.purser.wallet.Disputed;
import dev.purser.wallet.HoldUse;
import dev.purser.wallet.MeteredCall;
import dev.purser.wallet.Payout;
import io.vertx.core.json.JsonObject;

/** What holds are part of, as two columns: {@code use}, and {@code details} of that. */
final class HoldUseJson {

    private static final String CALL = "call";
    private static final String PAYOUT = "payout";
    private static final String DISPUTE = "dispute";
    private static final String GIVEN = "given";

    private HoldUseJson() {
    }

    static void write(JsonGenerator json, @Nullable HoldUse use) throws IOException {
        if (use == null) {
            return;
        }
        json.writeStringField("use", switch (use) {
            case MeteredCall _ -> CALL;
            case Payout _ -> PAYOUT;
            case Disputed _ -> DISPUTE;
            case Contested _ -> GIVEN;
        });
        json.writeObjectFieldStart("details");
        switch (use) {
            case MeteredCall call -> write(json, call);
            case Payout(long cents, var decidedBy, var note) -> {
                json.writeNumberField("cents", cents);
                StateJson.writeText(json, "decided_by", decidedBy);
                StateJson.writeText(json, "note", note);
            }
            case Disputed(var paymentId) -> json.writeStringField("payment_id", paymentId);
            case Contested(var paymentId, var transferId) -> {
                json.writeStringField("payment_id", paymentId);
                json.writeStringField("transfer_id", transferId);
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MeteredCall call) throws IOException {
        json.writeStringField("to", call.to());
        json.writeNumberField("rate", call.rate());
        json.writeNumberField("most", call.most());
        json.writeStringField("started_at", call.startedAt().toString());
        json.writeNumberField("minute_ms", call.minute().toMillis());
        json.writeNumberField("begun", call.begun());
        json.writeNumberField("charged", call.charged());
        json.writeNumberField("lease_ms", call.lease().toMillis());
        json.writeStringField("lease_until", call.leaseUntil().toString());
        StateJson.writeText(json, "end", call.end() == null ? null : call.end().text());
    }

    static @Nullable HoldUse read(@Nullable String use, @Nullable JsonObject details) {
        if (use == null || details == null) {
            return null;
        }
        return switch (use) {
            case CALL -> call(details);
            case PAYOUT -> new Payout(details.getLong("cents"), details.getString("decided_by"),
                    details.getString("note"));
            case DISPUTE -> new Disputed(details.getString("payment_id"));
            case GIVEN -> new Contested(details.getString("payment_id"), details.getString("transfer_id"));
            default -> throw new IllegalStateException("Expected a use of a hold that is known, but got " + use);
        };
    }

    private static MeteredCall call(JsonObject json) {
        String end = json.getString("end");
        return new MeteredCall(json.getString("to"), json.getLong("rate"), json.getInteger("most"),
                Instant.parse(json.getString("started_at")), Duration.ofMillis(json.getLong("minute_ms")),
                json.getInteger("begun"), json.getLong("charged"), Duration.ofMillis(json.getLong("lease_ms")),
                Instant.parse(json.getString("lease_until")),
                end == null ? null : MeteredCall.End.valueOf(Names.constant(end)));
    }
}
