/**
 * What is said of runs: the arithmetic (percentiles, rates) and the pictures (tables of times).
 *
 * <p>May use {@code job}. Records here are immutable; what adds up is written by one thread.
 */
package dev.juggler.report;
