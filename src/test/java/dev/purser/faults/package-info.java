/**
 * Real clusters in trouble: nodes as processes, a PostgreSQL of their own, clients that write down all that they ask and
 * hear, and a checker that knows only that and the tables. {@code mvn -q -Pfaults} runs all of it; a part belongs to
 * {@code mvn verify}.
 */
@NullMarked
package dev.purser.faults;

import org.jspecify.annotations.NullMarked;
