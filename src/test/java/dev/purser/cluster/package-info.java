@NullMarked
package dev.purser.cluster;

import org.jspecify.annotations.NullMarked;
