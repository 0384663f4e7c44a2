/** The API over real HTTP, with the real rules behind it. */
@NullMarked
package dev.purser.api;

import org.jspecify.annotations.NullMarked;
