/**
 * The commands that measure jobs: {@code compare}, {@code tune} and {@code demo}.
 *
 * <p>May use {@code cli.command}, {@code cli.run} and everything below them.
 */
@NullMarked
package dev.juggler.cli.compare;

import org.jspecify.annotations.NullMarked;
