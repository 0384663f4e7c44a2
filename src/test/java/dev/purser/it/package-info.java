/** The service as its users and operators meet it: real processes, real HTTP, a real PostgreSQL, and real kills. */
@NullMarked
package dev.purser.it;

import org.jspecify.annotations.NullMarked;
