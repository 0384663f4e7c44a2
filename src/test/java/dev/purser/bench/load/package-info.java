/**
 * The benchmark's load: a process of its own that speaks plain HTTP over plain sockets, since on a small machine every
 * microsecond that the load takes is one that the servers do not have. It is told what to do line by line, and does not
 * know whom it drives.
 */
@NullMarked
package dev.purser.bench.load;

import org.jspecify.annotations.NullMarked;
