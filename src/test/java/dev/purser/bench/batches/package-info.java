/**
 * Journals in processes of their own, which commit the same batches in turns: so PostgreSQL's time for what two builds write
 * can be told apart to a hundredth.
 */
@NullMarked
package dev.purser.bench.batches;

import org.jspecify.annotations.NullMarked;
