/** The contract, compiled. */
@NullMarked
package dev.purser.api.contract;

import org.jspecify.annotations.NullMarked;
