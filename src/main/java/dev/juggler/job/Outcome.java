package dev.juggler.job;

/**
 * One attempt of a task, with its result.
 *
 * @param task the task
 * @param attempt the number of the attempt, from 1
 * @param result the result of the attempt
 * @param worker the id of the worker that ran it, such as {@code threads-3}; {@code ""} when none did
 * @param startedMicros the start of the attempt, in microseconds since 1970 UTC
 * @param queuedNanos the time between dispatch and start, in nanoseconds
 * @param runNanos the duration of the attempt, in nanoseconds
 */
public record Outcome(
        Task task, int attempt, Result result, String worker, long startedMicros, long queuedNanos, long runNanos) {

    public OutcomeState state() {
        return result.state();
    }

    public boolean succeeded() {
        return result instanceof Result.Succeeded;
    }
}
