@NullMarked
package dev.purser.ops;

import org.jspecify.annotations.NullMarked;
