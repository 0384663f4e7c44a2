package dev.purser.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Buyers who ask their bank for the money back, for the cards that do. What is written as evidence decides. */
final class StandInDisputes {

    private static final String PATH = "/v1/disputes";
    private static final String ONE = PATH + "/{id}";
    private static final String STATUS = "status";
    private static final String NEEDS_RESPONSE = "needs_response";
    private static final String UNDER_REVIEW = "under_review";
    private static final String LOST = "lost";
    /** An inquiry has the same states, and has moved no money. */
    private static final String INQUIRY = "warning_";
    private static final Set<String> ENDED = Set.of("won", LOST, INQUIRY + "closed");
    private static final Set<String> WITHOUT_MONEY = Set.of(NEEDS_RESPONSE, UNDER_REVIEW, LOST);
    private static final long FEE = 1_500;

    private final StandInTable disputes = new StandInTable("dispute");
    private final StandInTable warnings = new StandInTable("early_fraud_warning");
    private final StandInIntents payments;
    private final StandInEvents events;
    private final StandInTimer timer;

    StandInDisputes(StandInIntents payments, StandInEvents events, StandInTimer timer) {
        this.payments = payments;
        this.events = events;
        this.timer = timer;
        payments.watch(this::paid);
    }

    void addTo(StandInRoutes routes) {
        routes.get(PATH, call -> disputes.list(call, "payment_intent", "charge"));
        routes.get(ONE, disputes::show);
        routes.post(ONE, call -> disputes.with(call.id(), dispute -> submit(dispute, call.form())));
        routes.post(ONE + "/close", call -> disputes.with(call.id(), this::accept));
        routes.get("/v1/radar/early_fraud_warnings", call -> warnings.list(call, "payment_intent", "charge"));
        routes.get("/v1/radar/early_fraud_warnings/{id}", warnings::show);
    }

    /** Whether a charge's money is the bank's for now, so that it cannot be given back again. */
    boolean chargedBack(String charge) {
        return disputes.all().stream().anyMatch(dispute -> dispute.getString("charge").equals(charge)
                && WITHOUT_MONEY.contains(dispute.getString(STATUS)));
    }

    private void paid(JsonObject intent) {
        JsonObject charge = payments.charges().find(intent.getString("latest_charge", ""));
        if (charge != null) {
            timer.soon(() -> {
                switch (charge.getString("payment_method")) {
                    case "pm_card_createDispute" -> dispute(charge, "fraudulent", NEEDS_RESPONSE);
                    case "pm_card_createDisputeProductNotReceived" ->
                        dispute(charge, "product_not_received", NEEDS_RESPONSE);
                    case "pm_card_createDisputeInquiry" -> dispute(charge, "fraudulent", INQUIRY + NEEDS_RESPONSE);
                    case "pm_card_createIssuerFraudRecord" -> warn(charge);
                    default -> {
                        // Nobody complains.
                    }
                }
            });
        }
    }

    private void dispute(JsonObject charge, String reason, String status) {
        long now = Instant.now().getEpochSecond();
        JsonObject dispute = about(charge, Ids.next("dp_"), "dispute").put("amount", charge.getLong("amount"))
                .put("currency", charge.getString("currency")).put("reason", reason).put(STATUS, status)
                .put("is_charge_refundable", isInquiry(status)).put("metadata", new JsonObject())
                .put("balance_transactions", new JsonArray()).put("evidence", new JsonObject())
                .put("evidence_details", new JsonObject().put("due_by", now + Duration.ofDays(7).toSeconds())
                        .put("has_evidence", false).put("past_due", false).put("submission_count", 0));
        disputes.put(dispute);
        charge.put("disputed", true);
        events.tell("charge.dispute.created", dispute);
        if (!isInquiry(status)) {
            move(dispute, -1);
        }
    }

    private void warn(JsonObject charge) {
        JsonObject warning = about(charge, Ids.next("issfr_"), "radar.early_fraud_warning").put("actionable", true)
                .put("fraud_type", "made_with_stolen_card");
        warnings.put(warning);
        events.tell("radar.early_fraud_warning.created", warning);
    }

    private static JsonObject about(JsonObject charge, String id, String kind) {
        return new JsonObject().put("id", id).put("object", kind).put("charge", charge.getString("id"))
                .put("payment_intent", charge.getString("payment_intent")).put("livemode", false)
                .put("created", Instant.now().getEpochSecond());
    }

    /** Takes the money, or gives it back, with the fee. */
    private void move(JsonObject dispute, int sign) {
        long amount = sign * dispute.getLong("amount");
        dispute.getJsonArray("balance_transactions").add(new JsonObject().put("id", Ids.next("txn_"))
                .put("object", "balance_transaction").put("amount", amount).put("fee", -sign * FEE)
                .put("net", amount + sign * FEE).put("currency", dispute.getString("currency"))
                .put("type", "adjustment").put("source", dispute.getString("id"))
                .put("created", Instant.now().getEpochSecond()));
        events.tell(sign < 0 ? "charge.dispute.funds_withdrawn" : "charge.dispute.funds_reinstated", dispute);
    }

    private StandInAnswer submit(JsonObject dispute, StandInForm form) {
        if (ENDED.contains(dispute.getString(STATUS))) {
            return ended(dispute);
        }
        dispute.getJsonObject("metadata").mergeIn(form.part("metadata"));
        JsonObject evidence = dispute.getJsonObject("evidence").mergeIn(form.part("evidence"));
        JsonObject details = dispute.getJsonObject("evidence_details").put("has_evidence", !evidence.isEmpty());
        if (!evidence.isEmpty() && !form.text("submit", "true").equals("false")) {
            details.put("submission_count", details.getInteger("submission_count") + 1);
            dispute.put(STATUS, isInquiry(dispute) ? INQUIRY + UNDER_REVIEW : UNDER_REVIEW);
            String text = evidence.getString("uncategorized_text", "");
            timer.soon(() -> decide(dispute, text));
        }
        events.tell("charge.dispute.updated", dispute);
        return StandInAnswer.of(dispute);
    }

    /** What the bank makes of it; anything else it looks at for ever. */
    private void decide(JsonObject dispute, String evidence) {
        boolean inquiry = isInquiry(dispute);
        if (ENDED.contains(dispute.getString(STATUS))) {
            return;
        }
        switch (evidence) {
            case "winning_evidence" -> {
                close(dispute, inquiry ? INQUIRY + "closed" : "won");
                if (!inquiry) {
                    move(dispute, 1);
                }
            }
            case "losing_evidence" -> close(dispute, inquiry ? INQUIRY + "closed" : LOST);
            case "escalate_inquiry_evidence" -> {
                if (inquiry) {
                    dispute.put(STATUS, NEEDS_RESPONSE).put("is_charge_refundable", false);
                    events.tell("charge.dispute.updated", dispute);
                    move(dispute, -1);
                }
            }
            default -> {
                // Under review it stays.
            }
        }
    }

    private StandInAnswer accept(JsonObject dispute) {
        if (ENDED.contains(dispute.getString(STATUS))) {
            return ended(dispute);
        }
        close(dispute, isInquiry(dispute) ? INQUIRY + "closed" : LOST);
        return StandInAnswer.of(dispute);
    }

    private void close(JsonObject dispute, String status) {
        events.tell("charge.dispute.closed", dispute.put(STATUS, status).put("is_charge_refundable", false));
    }

    private static StandInAnswer ended(JsonObject dispute) {
        return StandInAnswer.error(400, "invalid_request_error",
                "This dispute is already closed, with the status " + dispute.getString(STATUS));
    }

    private static boolean isInquiry(JsonObject dispute) {
        return isInquiry(dispute.getString(STATUS));
    }

    private static boolean isInquiry(String status) {
        return status.startsWith(INQUIRY);
    }
}
