/**
 * Runs one job repeatedly under several concurrency models, in turn, measures wall time without start-up, CPU time and
 * memory, and checks that all runs have equal outcomes.
 *
 * <p>May use everything below. Measuring blocks the calling thread. Outcomes are recorded on the run's output thread,
 * CPU times of tasks on their workers' threads.
 */
@NullMarked
package dev.juggler.compare;

import org.jspecify.annotations.NullMarked;
