/**
 * The whole: the settings are read ({@link dev.purser.SettingsReader}), a node is built from the rooms below, started
 * in order and drained in order.
 *
 * <p>Settings are read here and nowhere else; a room is given its own record of them.
 */
@NullMarked
package dev.purser;

import org.jspecify.annotations.NullMarked;
