/**
 * Runs one job under several concurrency models, in turn and many times, and measures what each takes: wall time apart
 * from start-up, CPU time, memory, and whether all came to the same.
 *
 * <p>May use everything below. Measuring blocks the thread that asks for it; what sees outcomes runs on the run's output
 * thread, what looks at tasks on their workers' threads.
 */
package dev.juggler.compare;
