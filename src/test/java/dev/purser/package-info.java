/** Tests of the house as a whole. */
@NullMarked
package dev.purser;

import org.jspecify.annotations.NullMarked;
