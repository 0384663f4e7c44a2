package dev.purser.sandbox;

import java.time.Instant;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonObject;

/** Money that is passed on to connected accounts. */
final class StandInTransfers {

    private static final String PATH = "/v1/transfers";
    /** The one account that does not exist. */
    private static final String NOBODY = "acct_invalid";

    private final StandInTable transfers = new StandInTable("transfer");
    private final StandInEvents events;

    StandInTransfers(StandInEvents events) {
        this.events = events;
    }

    void addTo(StandInRoutes routes) {
        routes.post(PATH, call -> create(call.form()));
        routes.get(PATH, call -> transfers.list(call, "destination", "transfer_group"));
        routes.get(PATH + "/{id}", transfers::show);
    }

    private StandInAnswer create(StandInForm form) {
        String destination = form.text("destination", "");
        String currency = form.text("currency", "");
        if (form.whole("amount").orElse(0) < 1) {
            return StandInAnswer.invalid("amount", "parameter_invalid_integer", "Invalid integer: amount");
        }
        if (!currency.matches("[a-z]{3}")) {
            return StandInAnswer.invalid("currency", "parameter_missing", "Expected a currency, but got: " + currency);
        }
        if (!destination.matches("acct_\\w+") || destination.equals(NOBODY)) {
            return StandInAnswer.refused("resource_missing", "No such destination: '" + destination + "'")
                    .with("param", "destination");
        }
        JsonObject transfer = new JsonObject().put("id", Ids.next("tr_")).put("object", "transfer")
                .put("amount", form.whole("amount").orElseThrow()).put("amount_reversed", 0L).put("reversed", false)
                .put("currency", currency).put("destination", destination)
                .put("description", form.text("description")).put("transfer_group", form.text("transfer_group"))
                .put("metadata", form.part("metadata")).put("livemode", false)
                .put("created", Instant.now().getEpochSecond());
        transfers.put(transfer);
        events.tell("transfer.created", transfer);
        return StandInAnswer.of(transfer);
    }
}
