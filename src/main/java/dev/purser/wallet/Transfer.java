package dev.purser.wallet;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that go from one wallet to another. Once the sender's part is durable they are the recipient's, in the post until
 * the recipient's wallet has taken them in.
 *
 * @param id never used for another; {@link #UNNAMED} as long as it is only asked for
 * @param channel where it was for, or which call; decides nothing
 */
public record Transfer(String id, TransferKind kind, String from, String to, long amount, @Nullable String channel,
        @Nullable String message) {

    /** The id of what has none yet. */
    public static final String UNNAMED = "";
    /** As many as there are bits to count them by. */
    public static final int PLACES = 63;
    /** No id has one, nor need it be escaped in an address. */
    private static final char PLACE = '~';

    public Transfer {
        if (amount < 1) {
            throw new IllegalArgumentException("Expected an amount of at least 1, but got " + amount);
        }
    }

    /** What a wallet has sent, as its receipt says. */
    public static Transfer of(TransferKind kind, String from, Receipt receipt) {
        Entry entry = receipt.entries().getFirst();
        Memo memo = entry.memo();
        return new Transfer(Objects.requireNonNull(memo.transferId()), kind, from,
                Objects.requireNonNull(memo.relatedWallet()), -entry.amount(), memo.channel(), memo.description());
    }

    /**
     * The same, called by its place in a parcel: in what is sent to one wallet at once, which the post keeps together. The
     * first is called as the parcel is.
     */
    public Transfer in(String parcel, int place) {
        return new Transfer(place == 0 ? parcel : parcel + PLACE + place, kind, from, to, amount, channel, message);
    }

    /** What it lies in as long as it is in the post; one that was not sent together with others is a parcel of its own. */
    public String parcel() {
        int end = id.lastIndexOf(PLACE);
        return end < 0 ? id : id.substring(0, end);
    }

    /** Which of its parcel it is, from 0 on, and below {@link #PLACES}. */
    public int place() {
        int end = id.lastIndexOf(PLACE);
        return end < 0 ? 0 : Integer.parseInt(id, end + 1, id.length(), 10);
    }

    /** What both sides note, each with the other's id. */
    Memo memoFor(String other) {
        return new Memo(message, null, null, other, channel, id);
    }
}
