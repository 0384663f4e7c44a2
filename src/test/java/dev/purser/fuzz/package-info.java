/**
 * Hostile clients. {@link dev.purser.fuzz.Fuzzer} makes requests from the contract that a real node serves: good ones, so
 * that all of the code is reached, and from each of them bad ones, a {@code Card} for every place and every hostile value.
 * {@code Judge} holds each answer against the contract, and afterwards the log and the ledger are looked at.
 *
 * <p>What may not enter: the service's own classes. What is asked and what is expected comes from the contract alone.
 */
@NullMarked
package dev.purser.fuzz;

import org.jspecify.annotations.NullMarked;
