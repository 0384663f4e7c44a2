package dev.purser.journal;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.Lot;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What is kept as JSON: lots, holds and the replies kept with keys. Written by hand, for they are written often. */
final class StateJson {

    /** What is told of a transfer that was taken in before: that it was. Its entries say the rest. */
    static final String RECEIVED = """
            {"version":0,"balance":0,"held":0,"debt":0,"status":"active","entries":[]}""";

    private static final JsonFactory FACTORY = new JsonFactory();

    private StateJson() {
    }

    static String write(Writing writing) {
        StringWriter text = new StringWriter(128);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String lots(Lots lots) {
        if (lots.size() == 0) {
            return "[]";
        }
        StringBuilder text = new StringBuilder(64).append('[');
        for (Lot lot : lots) {
            text.append(text.length() > 1 ? "," : "").append("{\"source\":\"").append(lot.source().text())
                    .append("\",\"amount\":").append(lot.amount());
            if (lot.expiresAt() != null) {
                text.append(",\"expires_at\":\"").append(lot.expiresAt()).append('"');
            }
            text.append('}');
        }
        return text.append(']').toString();
    }

    static Lots lots(String stored) {
        return lots(new JsonArray(stored));
    }

    static Lots lots(JsonArray stored) {
        List<Lot> lots = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            JsonObject lot = stored.getJsonObject(i);
            lots.add(new Lot(LotSource.valueOf(Names.constant(lot.getString("source"))),
                    instant(lot.getString("expires_at")), lot.getLong("amount")));
        }
        return Lots.of(lots);
    }

    static String receipt(Receipt receipt) {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberField("version", receipt.version());
            json.writeNumberField("balance", receipt.balance());
            json.writeNumberField("held", receipt.held());
            json.writeNumberField("debt", receipt.debt());
            json.writeStringField("status", receipt.status().text());
            json.writeArrayFieldStart("entries");
            for (Entry entry : receipt.entries()) {
                writeEntry(json, entry);
            }
            json.writeEndArray();
            Fact.HoldChanged hold = receipt.hold();
            if (hold != null) {
                json.writeObjectFieldStart("hold");
                writeHold(json, hold.hold(), hold.state());
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void writeEntry(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", entry.seq());
        json.writeStringField("kind", entry.kind().text());
        json.writeNumberField("amount", entry.amount());
        json.writeNumberField("held", entry.held());
        json.writeNumberField("debt", entry.debt());
        json.writeNumberField("balance_after", entry.balanceAfter());
        json.writeStringField("at", entry.at().toString());
        writeText(json, "description", entry.memo().description());
        writeText(json, "metadata", entry.memo().metadata());
        writeText(json, "payment_intent_id", entry.memo().paymentIntentId());
        writeText(json, "related_wallet", entry.memo().relatedWallet());
        writeText(json, "channel", entry.memo().channel());
        writeText(json, "transfer_id", entry.memo().transferId());
        json.writeEndObject();
    }

    static void writeHold(JsonGenerator json, Hold hold, HoldState state) throws IOException {
        json.writeStringField("id", hold.id());
        writeText(json, "purpose", hold.purpose());
        json.writeStringField("expires_at", hold.expiresAt().toString());
        json.writeBooleanField("guarded", hold.guarded());
        json.writeStringField("state", state.text());
        json.writeFieldName("lots");
        json.writeRawValue(lots(hold.lots()));
        HoldUseJson.write(json, hold.use());
    }

    static void writeText(JsonGenerator json, String field, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    static Receipt receipt(String stored) {
        JsonObject json = new JsonObject(stored);
        List<Entry> entries = new ArrayList<>();
        JsonArray lines = json.getJsonArray("entries");
        for (int i = 0; i < lines.size(); i++) {
            entries.add(entry(lines.getJsonObject(i)));
        }
        JsonObject hold = json.getJsonObject("hold");
        return new Receipt(json.getLong("version"), json.getLong("balance"), json.getLong("held"),
                json.getLong("debt"), Status.valueOf(Names.constant(json.getString("status"))), List.copyOf(entries),
                hold == null
                        ? null
                        : new Fact.HoldChanged(hold(hold),
                                HoldState.valueOf(Names.constant(hold.getString("state")))));
    }

    private static Entry entry(JsonObject json) {
        Memo memo = new Memo(json.getString("description"), json.getString("metadata"),
                json.getString("payment_intent_id"), json.getString("related_wallet"), json.getString("channel"),
                json.getString("transfer_id"));
        return new Entry(json.getLong("seq"), EntryKind.valueOf(Names.constant(json.getString("kind"))),
                json.getLong("amount"), json.getLong("held"), json.getLong("debt"), json.getLong("balance_after"),
                Instant.parse(json.getString("at")), memo.equals(Memo.NONE) ? Memo.NONE : memo);
    }

    static Hold hold(JsonObject json) {
        return new Hold(json.getString("id"), json.getString("purpose"), Instant.parse(json.getString("expires_at")),
                json.getBoolean("guarded", false),
                lots(json.getJsonArray("lots")),
                HoldUseJson.read(json.getString("use"), json.getJsonObject("details")));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** Writes one JSON value. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
