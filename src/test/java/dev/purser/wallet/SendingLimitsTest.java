package dev.purser.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

class SendingLimitsTest {

    private static final Authority OWNER = new Authority.Caller(TestWallet.OWNER, Set.of());
    private static final Authority BACKEND = new Authority.Caller("app", Set.of(Scope.CHARGE));
    /** 50 at once, 4 a minute of which 3 to one, 120 a day of which 90 to one. */
    private static final TransferLimits LIMITS = new TransferLimits(50, 4, 3, 120, 90);
    private static final Instant NEXT_MINUTE = TestWallet.START.plusSeconds(60);
    private static final Instant NEXT_DAY = TestWallet.START.plus(Duration.ofDays(1));

    private final TestWallet wallet = TestWallet.with(10_000).under(terms(LIMITS));
    private int number;

    static Terms terms(TransferLimits limits) {
        return new Terms(limits, new EarningRate(50, 100), Duration.ofMinutes(1), 1, Duration.ofDays(30));
    }

    private Command.Send gift(String to, long amount) {
        return new Command.Send(new Transfer("tr_" + number++, TransferKind.GIFT, TestWallet.OWNER, to, amount, null,
                null), null);
    }

    private void sends(String to, long amount) {
        wallet.accepts(gift(to, amount), OWNER);
    }

    private Refusal refuses(String to, long amount) {
        return wallet.refuses(gift(to, amount), OWNER);
    }

    @Test
    void shouldSendNoMoreAtOnceThanTheLargest() {
        sends("bob", 50);
        assertThat(refuses("bob", 51)).isEqualTo(new Refusal.TransferTooLarge(50));
    }

    @Test
    void shouldSendSoManyInAMinuteAndFewerToOne() {
        sends("bob", 1);
        sends("bob", 1);
        sends("bob", 1);
        assertThat(refuses("bob", 1)).isEqualTo(new Refusal.TooManyTransfers(3, NEXT_MINUTE));
        sends("eve", 1);
        assertThat(refuses("eve", 1)).isEqualTo(new Refusal.TooManyTransfers(4, NEXT_MINUTE));
        wallet.after(Duration.ofSeconds(59));
        assertThat(refuses("eve", 1)).isEqualTo(new Refusal.TooManyTransfers(4, NEXT_MINUTE));
        wallet.after(Duration.ofSeconds(1));
        sends("eve", 1);
    }

    @Test
    void shouldSendSoMuchInADayAndLessToOne() {
        sends("bob", 50);
        assertThat(refuses("bob", 41)).isEqualTo(new Refusal.SentEnoughToday(90, 50, NEXT_DAY));
        sends("bob", 40);
        sends("eve", 30);
        assertThat(refuses("eve", 1)).isEqualTo(new Refusal.SentEnoughToday(120, 120, NEXT_DAY));
        wallet.after(Duration.ofHours(23));
        assertThat(refuses("eve", 1)).isEqualTo(new Refusal.SentEnoughToday(120, 120, NEXT_DAY));
        wallet.after(Duration.ofHours(1));
        sends("bob", 50);
    }

    /** Or else somebody whose clock is behind could start the day anew. */
    @Test
    void shouldNotForgetWhenTheClockGoesBack() {
        sends("bob", 50);
        wallet.after(Duration.ofDays(-1));
        assertThat(refuses("bob", 41)).isEqualTo(new Refusal.SentEnoughToday(90, 50, NEXT_DAY));
    }

    @Test
    void shouldCountWhatABackendSendsButNotHoldItBack() {
        wallet.accepts(gift("bob", 500), BACKEND);
        assertThat(refuses("bob", 1)).isEqualTo(new Refusal.SentEnoughToday(90, 500, NEXT_DAY));
        wallet.accepts(gift("bob", 500), BACKEND);
    }

    @Test
    void shouldCountOnlyWhatWasSent() {
        assertThat(refuses("bob", 51)).isInstanceOf(Refusal.TransferTooLarge.class);
        for (int i = 0; i < 5; i++) {
            assertThat(wallet.refuses(
                    new Command.Send(gift("bob", 1).transfer(), new Refusal.RecipientClosed("bob")), OWNER))
                    .isInstanceOf(Refusal.RecipientClosed.class);
        }
        sends("bob", 50);
    }

    @Test
    void shouldCallNobodyForMoreAMinuteThanMayBeSent() {
        Command dear = new Command.StartCall("c", "star", 51, 5, false, Duration.ofMinutes(2), null);
        assertThat(wallet.refuses(dear, OWNER)).isEqualTo(new Refusal.TransferTooLarge(50));
    }
}
