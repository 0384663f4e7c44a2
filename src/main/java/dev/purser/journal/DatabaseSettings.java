package dev.purser.journal;

import java.time.Duration;

/**
 * How the database is reached.
 *
 * @param url {@code postgresql://user:password@host:port/database?sslmode=...}
 * @param poolSize connections for reading, beside the one of each lane; {@code poolQueue} is how many reads may wait
 * @param statementTimeout after which PostgreSQL gives up a statement
 * @param commitDeadline after which a lane gives up its connection, and finds out on a new one what became of the commit
 */
public record DatabaseSettings(String url, int poolSize, int poolQueue, Duration statementTimeout,
        Duration commitDeadline) {

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=(not shown), poolSize=" + poolSize + ", poolQueue=" + poolQueue
                + ", statementTimeout=" + statementTimeout + ", commitDeadline=" + commitDeadline + "]";
    }
}
