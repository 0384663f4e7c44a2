@NullMarked
package dev.purser.live;

import org.jspecify.annotations.NullMarked;
