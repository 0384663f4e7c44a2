/**
 * What keeps the service honest and visible: health, metrics, and sweepers for what time brings about.
 *
 * <p>What may not enter: decisions. What is due is sent to the wallet's owner as a command like any other.
 */
@NullMarked
package dev.purser.ops;

import org.jspecify.annotations.NullMarked;
