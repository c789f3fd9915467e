/**
 * The cluster commands: they start nodes and verticles, and submit and follow jobs.
 *
 * <p>May use {@code cli.command}, {@code cli.run} and everything below them.
 */
@NullMarked
package dev.juggler.cli.cluster;

import org.jspecify.annotations.NullMarked;
