package dev.purser.api;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import dev.purser.lane.Ids;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;

/** What can be done to a wallet, by a request of its own or as a part of a batch. */
enum Write {
    SPEND,
    CREDIT,
    HOLD,
    EXTEND,
    SETTLE,
    RELEASE,
    ADJUST,
    FREEZE,
    UNFREEZE,
    CLOSE;

    private static final int OK = 200;
    private static final int CREATED = 201;

    /** The command that the fields ask for. {@code holdId} is the hold that it concerns; a new one is given an id here. */
    Command command(Fields fields, String holdId) {
        return switch (this) {
            case SPEND -> new Command.Spend(fields.integer("amount"), memo(fields));
            case CREDIT -> new Command.Credit(fields.integer("amount"), LotSource.valueOf(constant(fields, "source")),
                    fields.optionalTime("expires_at"),
                    Memo.of(fields.text("reason"), fields.optionalText("metadata")));
            case HOLD -> new Command.OpenHold(Ids.secret("hold_"), fields.integer("amount"),
                    fields.optionalText("purpose"), Duration.ofSeconds(fields.integer("expires_in")));
            case EXTEND -> new Command.ExtendHold(holdId, fields.integer("amount", 0), lifetime(fields));
            case SETTLE ->
                new Command.SettleHold(holdId, fields.integer("amount"), fields.flag("allow_overage"), memo(fields));
            case RELEASE -> new Command.ReleaseHold(holdId, Memo.NONE);
            case ADJUST -> new Command.Adjust(fields.integer("amount"), fields.text("reason"));
            case FREEZE -> new Command.Freeze(fields.text("reason"));
            case UNFREEZE -> new Command.Unfreeze(fields.text("reason"));
            case CLOSE -> new Command.Close(fields.text("reason"), fields.flag("forfeit"));
        };
    }

    private static Memo memo(Fields fields) {
        return Memo.of(fields.optionalText("description"), fields.optionalText("metadata"));
    }

    private static @Nullable Duration lifetime(Fields fields) {
        return fields.has("expires_in") ? Duration.ofSeconds(fields.integer("expires_in")) : null;
    }

    private static String constant(Fields fields, String name) {
        return fields.text(name).toUpperCase(Locale.ROOT);
    }

    /** The status of having done it. */
    int status() {
        return switch (this) {
            case HOLD -> CREATED;
            case SPEND, CREDIT, EXTEND, SETTLE, RELEASE, ADJUST, FREEZE, UNFREEZE, CLOSE -> OK;
        };
    }

    /** The reply. It is made of the receipt alone, so that a repetition is answered with the same bytes. */
    JsonBody reply(String walletId, Receipt receipt) {
        return switch (this) {
            case SPEND -> ReceiptJson.spent(walletId, receipt);
            case HOLD, EXTEND, RELEASE -> ReceiptJson.hold(walletId, receipt);
            case SETTLE -> ReceiptJson.settled(walletId, receipt);
            case CREDIT, ADJUST, FREEZE, UNFREEZE, CLOSE -> ReceiptJson.written(walletId, receipt);
        };
    }
}
