/**
 * The commands that run one job on this machine, {@code fetch}, {@code compute} and {@code exec}, with their options,
 * progress and results.
 *
 * <p>May use {@code cli.command} and everything below it.
 */
@NullMarked
package dev.juggler.cli.run;

import org.jspecify.annotations.NullMarked;
