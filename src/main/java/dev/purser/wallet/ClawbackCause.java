package dev.purser.wallet;

/** Why a payment's tokens are taken back. */
public enum ClawbackCause {
    REFUND(EntryKind.REFUND),
    DISPUTE(EntryKind.DISPUTE);

    private final EntryKind kind;

    ClawbackCause(EntryKind kind) {
        this.kind = kind;
    }

    EntryKind kind() {
        return kind;
    }
}
