/**
 * The pages in a real browser, served by a real node. Start reading at {@link dev.purser.browser.Chromium}. What a page says
 * to the console, throws or cannot load fails the test, unless the test says that it must come.
 */
@NullMarked
package dev.purser.browser;

import org.jspecify.annotations.NullMarked;
