/**
 * The commands that measure jobs: {@code compare}, {@code tune} and {@code demo}.
 *
 * <p>May use {@code cli.command}, {@code cli.run} and everything below them.
 */
package dev.juggler.cli.compare;
