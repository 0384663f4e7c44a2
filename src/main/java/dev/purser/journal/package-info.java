/**
 * PostgreSQL, where the truth rests; the only room with SQL.
 *
 * <p>{@link dev.purser.journal.PgJournal} is a lane's own way to the database: one connection, one statement a batch
 * ({@link dev.purser.journal.BatchStatement}), in which what is sent lies in parcels
 * ({@link dev.purser.journal.ParcelSql}) until it is taken in. {@link dev.purser.journal.Reports} answers what is read from
 * tables rather than from an actor. The schema is in {@code src/main/resources/db/migration}.
 *
 * <p>What may not enter: the JSON of the API, and decisions. A row is written because a lane decided it.
 */
@NullMarked
package dev.purser.journal;

import org.jspecify.annotations.NullMarked;
