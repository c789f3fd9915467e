/**
 * The functions that come with Juggler: numbers, digests, files and pictures.
 * {@link dev.juggler.work.compute.builtin.BuiltIn} lists them; another one is added there.
 *
 * <p>May use {@code job}, {@code work} and {@code work.compute.function}.
 */
package dev.juggler.work.compute.builtin;
