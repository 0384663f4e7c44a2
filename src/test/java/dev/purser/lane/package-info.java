@NullMarked
package dev.purser.lane;

import org.jspecify.annotations.NullMarked;
