package dev.purser.bench.rivals;

/** A way to make spends durable. */
public enum RivalKind {

    /** What most wallets do: begin, select for update, update, insert, commit. */
    ROW_LOCK("row lock"),
    /** The same as one PL/pgSQL function, so that it is one round trip. */
    FUNCTION("row lock in a function"),
    /** The best that a row lock can do: one statement that updates the wallet and inserts the entry. */
    STATEMENT("row lock in one statement"),
    /** A tip as most do it: the fan's row locked, both wallets and the creator's own row updated, three rows inserted. */
    TIP("row-lock tip"),
    /** The same in the best order: what all fans contend for comes last, and is locked for as short as can be. */
    TIP_LAST("row-lock tip, creator last"),
    /** Redis, with a Lua script and each write synced to its file before the answer. */
    REDIS("Redis, fsync always"),
    /** Nothing at all: what the server makes of authenticated, validated requests. */
    NOTHING("no-op"),
    /** Less than that: what the HTTP server under all of them makes of a handler that answers the same each time. */
    CONSTANT("bare server");

    private final String title;

    RivalKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether it takes part where tokens are spent. */
    public boolean spends() {
        return this != TIP && this != TIP_LAST;
    }

    /** Whether it does anything at all. */
    public boolean isRival() {
        return this != NOTHING && this != CONSTANT;
    }
}
