/** What tests of several rooms share: a database, a checker of the laws, nodes as processes. */
@NullMarked
package dev.purser.support;

import org.jspecify.annotations.NullMarked;
