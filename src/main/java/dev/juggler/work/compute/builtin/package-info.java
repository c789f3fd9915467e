/**
 * The built-in functions: numbers, digests, files and images. {@link dev.juggler.work.compute.builtin.BuiltIn} lists
 * them.
 *
 * <p>May use {@code job}, {@code work} and {@code work.compute.function}.
 */
@NullMarked
package dev.juggler.work.compute.builtin;

import org.jspecify.annotations.NullMarked;
