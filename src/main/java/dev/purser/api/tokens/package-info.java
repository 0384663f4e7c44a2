/**
 * Who a caller is: JSON Web Tokens, verified once and remembered until they expire.
 *
 * <p>Start reading at {@link dev.purser.api.tokens.TokenVerifier}. How tokens are signed is configured
 * ({@link dev.purser.api.tokens.TokenSettings}) and never taken from a token. What may not enter: HTTP requests and
 * replies, and what a caller may do.
 */
@NullMarked
package dev.purser.api.tokens;

import org.jspecify.annotations.NullMarked;
