package dev.purser.wallet;

/** Who may give a command. */
public sealed interface Permission {

    /** The wallet's owner, and for others' wallets whoever has the scope. */
    record OwnerOr(Scope scope) implements Permission {
    }

    /** Whoever has the scope; owning the wallet is not enough. */
    record Only(Scope scope) implements Permission {
    }

    /** Whoever takes part in what the command is about: the rule itself finds that out. */
    record Party() implements Permission {
    }

    /** Only the service itself. */
    record Nobody() implements Permission {
    }
}
