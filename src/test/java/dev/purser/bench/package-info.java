/**
 * The benchmark: the service as a process on its jar against other ways to make a spend durable, on one PostgreSQL (fsync
 * on), driven over HTTP by a process of its own, in turns. {@code mvn -Pbench} runs it; figures of the rules and codecs
 * alone are in {@code micro}.
 */
@NullMarked
package dev.purser.bench;

import org.jspecify.annotations.NullMarked;
