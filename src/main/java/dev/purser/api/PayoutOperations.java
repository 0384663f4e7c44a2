package dev.purser.api;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.HoldReports.HoldLine;
import dev.purser.journal.HoldReports.PayoutQuery;
import dev.purser.journal.HoldReports.Transfer;
import dev.purser.journal.Reports;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Command;
import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.Payout;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import io.vertx.core.Future;

/** Earned tokens on their way to becoming money: creators ask for it, admins decide. */
final class PayoutOperations {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Wallets wallets;
    private final WalletOperations looks;
    private final Outcomes outcomes;
    private final Reports reports;
    private final ApiSettings.Earnings terms;

    PayoutOperations(Wallets wallets, WalletOperations looks, Outcomes outcomes, Reports reports,
            ApiSettings.Earnings terms) {
        this.wallets = wallets;
        this.looks = looks;
        this.outcomes = outcomes;
        this.reports = reports;
        this.terms = terms;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("requestPayoutOwn", this::request);
        handlers.put("requestPayout", this::request);
        handlers.put("getOwnPayouts", call -> looks.whenSeen(call, wallet -> list(call, wallet.id())));
        handlers.put("getPayouts", call -> looks.whenSeen(call, wallet -> list(call, wallet.id())));
        handlers.put("listPayouts", call -> list(call, null));
        handlers.put("approvePayout", this::approve);
        handlers.put("rejectPayout", call -> decide(call, "REJECT_PAYOUT",
                new Command.RejectPayout(call.parameters().text("payout_id"), call.body().text("reason"))));
    }

    /** What was earned before the safety period is past, and does not change any more while the wallet decides. */
    private Future<Answer> request(Call call) {
        String walletId = call.walletId();
        return Tables.found(
                reports.earnings().earnedBefore(walletId, Instant.now().minus(terms.safetyPeriod())), old -> {
                    Operation operation = call.operation("REQUEST_PAYOUT", walletId, "",
                            new Command.RequestPayout(Ids.secret("payout_"), call.body().integer("amount"), old));
                    return wallets.send(operation).compose(outcome -> outcomes.answer(operation, outcome, CREATED,
                            receipt -> reply(walletId, receipt)));
                });
    }

    /** It was paid already, or Stripe is to pay it. */
    private Future<Answer> approve(Call call) {
        String account = call.body().optionalText("stripe_account");
        String reference = call.body().optionalText("reference");
        if ((account == null) == (reference == null) || (account != null && !account.startsWith("acct_"))) {
            return Future.succeededFuture(Problem.refusal(ProblemCode.INVALID_REQUEST,
                    "Expected a reference of what was paid, or the stripe_account (acct_...) that it is to be sent to, and not both"));
        }
        String paid = account == null ? String.valueOf(reference) : Payout.toStripe(account);
        return account == null && new Payout(0, null, paid).stripeAccount() != null
                ? Future.succeededFuture(Problem.refusal(ProblemCode.INVALID_REQUEST,
                        "Expected a reference that does not begin as those of Stripe do; see stripe_account"))
                : decide(call, "APPROVE_PAYOUT",
                        new Command.ApprovePayout(call.parameters().text("payout_id"), paid));
    }

    private Future<Answer> decide(Call call, String what, Command decision) {
        String walletId = call.walletId();
        String payoutId = call.parameters().text("payout_id");
        Operation operation = call.operation(what, walletId, payoutId, decision);
        return wallets.send(operation)
                .compose(outcome -> outcome instanceof Outcome.Refused(Refusal.NoOpenHold _, var _)
                        ? Tables.answer(reports.holds().find(walletId, payoutId), found -> found
                                .filter(line -> line.hold().use() instanceof Payout).map(PayoutOperations::decided)
                                .orElseGet(() -> unknown(payoutId)))
                        : outcomes.answer(operation, outcome, OK, receipt -> reply(walletId, receipt)));
    }

    private static Answer decided(HoldLine line) {
        return Problem.refusal(ProblemCode.PAYOUT_DECIDED,
                "Expected a payout that waits for a decision, but it is " + state(line.state()))
                .with((JsonBody) out -> out.put("state", state(line.state())));
    }

    private static Answer unknown(String payoutId) {
        return Problem.refusal(ProblemCode.PAYOUT_NOT_FOUND,
                "Expected a payout of this wallet, but there is none with the id " + payoutId);
    }

    private JsonBody reply(String walletId, Receipt receipt) {
        Hold hold = Objects.requireNonNull(receipt.hold()).hold();
        HoldState state = receipt.hold().state();
        return out -> {
            out.put("success", true);
            out.put("wallet_id", walletId);
            out.put("payout", (JsonBody) of -> write(of, walletId, hold, state));
            ReceiptJson.numbers(out, receipt);
        };
    }

    private Future<Answer> list(Call call, @Nullable String walletId) {
        String wanted = call.parameters().optionalText("state");
        HoldState state = wanted == null ? null : stateOf(wanted);
        return Pages.latestFirst(call, "payouts", "payouts " + walletId + " " + wanted,
                place -> reports.holds().payouts(
                        new PayoutQuery(walletId, state, place.before(), place.beforeId(), place.limit())),
                line -> new Cursor.Moment(line.createdAt(), line.hold().id()), this::line);
    }

    private JsonBody line(HoldLine line) {
        return out -> {
            write(out, line.walletId(), line.hold(), line.state());
            out.put("requested_at", line.createdAt());
            if (line.state() != HoldState.OPEN) {
                out.put("decided_at", line.updatedAt());
            }
            if (line.transfer() != null) {
                write(out, line.transfer());
            }
        };
    }

    private static void write(JsonOut out, Transfer transfer) throws IOException {
        out.put("transfer", (JsonBody) of -> {
            of.put("state", transfer.sentAt() != null ? "sent" : transfer.reason() != null ? "refused" : "sending");
            of.putIfAny("id", transfer.id());
            of.putIfAny("reason", transfer.reason());
            if (transfer.sentAt() != null) {
                of.put("sent_at", transfer.sentAt());
            }
        });
    }

    private void write(JsonOut out, String walletId, Hold hold, HoldState state) throws IOException {
        Payout payout = (Payout) Objects.requireNonNull(hold.use());
        out.put("id", hold.id());
        out.put("wallet_id", walletId);
        out.put("tokens", hold.amount());
        out.put("cents", payout.cents());
        out.put("currency", terms.currency());
        out.put("state", state(state));
        out.put("decide_until", hold.expiresAt());
        out.putIfAny("decided_by", payout.decidedBy());
        out.putIfAny(state == HoldState.SETTLED ? "reference" : "reason", payout.note());
    }

    private static String state(HoldState state) {
        return switch (state) {
            case OPEN -> "requested";
            case SETTLED -> "approved";
            case RELEASED -> "rejected";
            case EXPIRED -> "expired";
        };
    }

    private static HoldState stateOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "approved" -> HoldState.SETTLED;
            case "rejected" -> HoldState.RELEASED;
            case "expired" -> HoldState.EXPIRED;
            default -> HoldState.OPEN;
        };
    }
}
