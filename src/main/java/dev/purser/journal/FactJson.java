package dev.purser.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.wallet.Fact;
import dev.purser.wallet.GivenOn;
import dev.purser.wallet.Recovered;
import dev.purser.wallet.TakenBack;

/** The holds, the audit trail, the payments and what was given on of a batch, each as a JSON array. They are rare, so they need not be arrays of columns. */
final class FactJson {

    /** A statement may touch a row once, so of several changes to a hold, or a payment, the last one stands. */
    private final Map<String, StateJson.Writing> holds = new LinkedHashMap<>();
    private final Map<String, StateJson.Writing> reversals = new LinkedHashMap<>();
    private final Map<String, StateJson.Writing> givenOn = new LinkedHashMap<>();
    private final List<StateJson.Writing> steps = new ArrayList<>();
    private final List<StateJson.Writing> givenOnSteps = new ArrayList<>();
    private final List<StateJson.Writing> audits = new ArrayList<>();
    private final List<StateJson.Writing> payments = new ArrayList<>();

    FactJson(Batch batch) {
        for (Write write : batch.writes()) {
            for (Posting posting : write.postings()) {
                for (Fact fact : posting.facts()) {
                    add(write, posting, fact);
                }
            }
        }
    }

    String holds() {
        return array(holds.values());
    }

    String audits() {
        return array(audits);
    }

    String payments() {
        return array(payments);
    }

    String reversals() {
        return array(reversals.values());
    }

    /** All that were decided on by how a payment stood, of whatever wallet. */
    String steps() {
        return array(steps);
    }

    String givenOn() {
        return array(givenOn.values());
    }

    String givenOnSteps() {
        return array(givenOnSteps);
    }

    private void add(Write write, Posting posting, Fact fact) {
        String at = posting.receipt().entries().getFirst().at().toString();
        switch (fact) {
            case Fact.HoldChanged(var hold, var state) -> holds.put(write.walletId() + '\n' + hold.id(), json -> {
                json.writeStringField("wallet_id", write.walletId());
                json.writeNumberField("amount", hold.amount());
                json.writeStringField("at", at);
                StateJson.writeHold(json, hold, state);
            });
            case Fact.Audited(var action, var by, var reason, var amount) -> audits.add(json -> {
                json.writeStringField("wallet_id", write.walletId());
                json.writeStringField("op_id", posting.operationId());
                json.writeStringField("action", action);
                json.writeStringField("subject", by);
                json.writeStringField("reason", reason);
                json.writeNumberField("amount", amount);
                json.writeStringField("at", at);
            });
            case Fact.Paid(var payment) -> payments.add(json -> {
                json.writeStringField("wallet_id", write.walletId());
                json.writeStringField("id", payment.id());
                json.writeStringField("pack_id", payment.packId());
                json.writeNumberField("tokens", payment.tokens());
                json.writeNumberField("bonus", payment.bonus());
                json.writeNumberField("price", payment.price());
                json.writeStringField("currency", payment.currency());
                StateJson.writeText(json, "payer", payment.payer());
                json.writeStringField("at", at);
            });
            case Fact.Reversed(var paymentId, var now) -> addReversal(write.walletId(), posting, paymentId, now, at);
            case Fact.Forgiven(var paymentId, var number) ->
                addGivenOnStep(write.walletId(), posting, write.walletId(), number, paymentId, null, at);
            case Fact.GivenOnChanged(var now, int step) -> {
                addStep(write.walletId(), posting, now.gift().paymentId(), step);
                addGivenOn(write.walletId(), posting, now, at);
            }
            case Fact.Sent _,Fact.Received _,Fact.Returned _ -> {
                // Frequent, and so among the arrays.
            }
        }
    }

    private void addReversal(String walletId, Posting posting, String paymentId, TakenBack now, String at) {
        addStep(walletId, posting, paymentId, now.step());
        reversals.put(paymentId, json -> {
            json.writeStringField("wallet_id", walletId);
            json.writeStringField("id", paymentId);
            json.writeNumberField("step", now.step());
            json.writeNumberField("refunded", now.refunded());
            json.writeNumberField("disputed", now.disputed());
            json.writeNumberField("frozen", now.frozen());
            json.writeNumberField("forgiven", now.forgiven());
            json.writeStringField("at", at);
            json.writeFieldName("lots");
            json.writeRawValue(StateJson.lots(now.lots()));
        });
    }

    private void addStep(String walletId, Posting posting, String paymentId, int step) {
        steps.add(json -> {
            json.writeStringField("wallet_id", walletId);
            json.writeStringField("payment_id", paymentId);
            json.writeNumberField("step", step);
            StateJson.writeText(json, "op_key", posting.key() == null ? null : posting.key().text());
        });
    }

    private void addGivenOn(String walletId, Posting posting, Recovered now, String at) {
        GivenOn gift = now.gift();
        addGivenOnStep(walletId, posting, gift.from(), now.number(), gift.paymentId(), gift.transferId(), at);
        givenOn.put(gift.paymentId() + '\n' + gift.transferId(), json -> {
            json.writeStringField("wallet_id", walletId);
            json.writeStringField("payment_id", gift.paymentId());
            json.writeStringField("transfer_id", gift.transferId());
            json.writeStringField("kind", gift.kind().text());
            json.writeStringField("giver", gift.from());
            json.writeNumberField("amount", gift.amount());
            json.writeNumberField("place", gift.place());
            json.writeNumberField("step", now.number());
            json.writeNumberField("room", now.room());
            json.writeNumberField("aside", now.aside());
            json.writeNumberField("taken", now.taken());
            json.writeStringField("at", at);
        });
    }

    /** @param walletId where it was done */
    private void addGivenOnStep(String walletId, Posting posting, String giver, int number, String paymentId,
            @Nullable String transferId, String at) {
        givenOnSteps.add(json -> {
            json.writeStringField("wallet_id", walletId);
            json.writeStringField("giver", giver);
            StateJson.writeText(json, "op_key", posting.key() == null ? null : posting.key().text());
            json.writeNumberField("step", number);
            json.writeStringField("payment_id", paymentId);
            StateJson.writeText(json, "transfer_id", transferId);
            json.writeStringField("at", at);
        });
    }

    private static String array(Iterable<StateJson.Writing> rows) {
        return StateJson.write(json -> {
            json.writeStartArray();
            for (StateJson.Writing row : rows) {
                writeObject(json, row);
            }
            json.writeEndArray();
        });
    }

    private static void writeObject(JsonGenerator json, StateJson.Writing fields) throws IOException {
        json.writeStartObject();
        fields.to(json);
        json.writeEndObject();
    }
}
