/** Tokens, good and forged. */
@NullMarked
package dev.purser.api.tokens;

import org.jspecify.annotations.NullMarked;
