/**
 * The contract of a function: its call with an input, the conversion of inputs and results, and its errors.
 *
 * <p>May use {@code job} and {@code work}.
 */
@NullMarked
package dev.juggler.work.compute.function;

import org.jspecify.annotations.NullMarked;
