/** The settings, and the whole service from outside. */
@NullMarked
package dev.purser;

import org.jspecify.annotations.NullMarked;
