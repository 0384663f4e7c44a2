@NullMarked
package dev.purser.sandbox;

import org.jspecify.annotations.NullMarked;
