package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.model.Transfer;
import com.stripe.param.TransferListParams;

import dev.purser.journal.PayoutTransfers;
import dev.purser.lane.Outcome;
import dev.purser.sandbox.StripeFaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LawChecker;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Payout;

/** Approved payouts, sent by Stripe's own library at the stand-in. */
@Timeout(60)
class StripePayoutsTest {

    private final ShopRig rig = ShopRig.listening(false);
    private final StripePayouts payouts = new StripePayouts(rig.calls,
            new PayoutTransfers(rig.tables.reads(rig.vertx)), "usd", _ -> true);

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(rig.tables);
        rig.close();
    }

    @Test
    void shouldSendWhatIsApprovedOnce() throws Exception {
        approve("mia", "payout_1", Payout.toStripe("acct_mia"));
        approve("leo", "payout_2", "SEPA 42");

        round();
        round();

        assertThat(sent("payout_1")).isOne();
        Transfer transfer = transfers("payout_1").getFirst();
        assertThat(transfer.getAmount()).isEqualTo(60);
        assertThat(transfer.getCurrency()).isEqualTo("usd");
        assertThat(transfer.getDestination()).isEqualTo("acct_mia");
        assertThat(transfers("payout_2")).isEmpty();
        assertThat(rig.tables.number("select count(*) from payout_transfers where transfer_id = '" + transfer.getId()
                + "' and sent_at is not null and attempts = 1")).isOne();
    }

    /** As after a crash, or an answer that was lost, long enough ago for Stripe to have forgotten the key. */
    @Test
    void shouldNotSendAgainWhatWasSentButNotNoted() throws Exception {
        approve("mia", "payout_1", Payout.toStripe("acct_mia"));
        round();
        rig.tables.execute("update payout_transfers set sent_at = null, transfer_id = null, refusals = 5,"
                + " tried_at = now() - interval '2 days'");

        round();

        assertThat(sent("payout_1")).isOne();
        assertThat(rig.tables.number("select count(*) from payout_transfers where sent_at is not null")).isOne();
    }

    @Test
    void shouldTryAgainLaterWhatStripeDidNotAnswer() throws Exception {
        approve("mia", "payout_1", Payout.toStripe("acct_mia"));
        rig.stripe.faults(StripeFaults.seeded(3).failing(100));
        round();
        rig.stripe.faults(StripeFaults.NONE);
        round();
        assertThat(rig.tables.number("select count(*) from payout_transfers where sent_at is null and attempts = 1"))
                .as("not at once").isOne();
        rig.tables.execute("update payout_transfers set tried_at = now() - interval '2 minutes'");

        round();

        assertThat(sent("payout_1")).isOne();
    }

    @Test
    void shouldSayWhyStripeRefuses() throws Exception {
        approve("mia", "payout_1", Payout.toStripe("acct_invalid"));

        round();

        assertThat(rig.tables.number("select count(*) from payout_transfers where sent_at is null and refusals = 1"
                + " and reason like '%acct_invalid%'")).isOne();
    }

    private void approve(String wallet, String payoutId, String reference) {
        for (Command command : new Command[]{new Command.Credit(100, LotSource.EARNED, null, Memo.NONE),
                new Command.RequestPayout(payoutId, 60, Long.MAX_VALUE),
                new Command.ApprovePayout(payoutId, reference)}) {
            assertThat(rig.lane.call(wallet, command)).isInstanceOf(Outcome.Done.class);
        }
    }

    private void round() throws Exception {
        assertThat(payouts.round().toCompletionStage().toCompletableFuture().orTimeout(
                Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS).handle((_, _) -> true)
                .get()).isTrue();
    }

    private int sent(String payoutId) {
        return transfers(payoutId).size();
    }

    private List<Transfer> transfers(String payoutId) {
        return LaneRig.await(rig.calls.ask(stripe -> stripe.transfers()
                .list(TransferListParams.builder().setTransferGroup(payoutId).build()).getData()));
    }
}
