/**
 * The contract of a function: its call with one input, the conversion of inputs and results, and its errors.
 *
 * <p>May use {@code job} and {@code work}.
 */
package dev.juggler.work.compute.function;
