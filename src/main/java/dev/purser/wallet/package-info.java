/**
 * The rules of a wallet: what it is, what may be asked of it, and what becomes of it.
 *
 * <p>{@link dev.purser.wallet.Rules#decide} chooses, {@link dev.purser.wallet.Wallet#apply} is the one place where state
 * changes, and a refusal is a value. Start reading there.
 *
 * <p>Nothing here does I/O, reads a clock, makes an id at random, or knows of Vert.x, SQL or JSON: the time comes in as
 * an argument, and free text that a caller attached stays the text it was. That is what lets a test run the rules a
 * million times a second.
 */
@NullMarked
package dev.purser.wallet;

import org.jspecify.annotations.NullMarked;
