package dev.juggler.job;

/**
 * One attempt of a task and what came of it.
 *
 * @param task the task
 * @param attempt which try this was, counted from 1
 * @param result what came of it
 * @param worker the id of the worker that did it, such as {@code threads-3}; {@code ""} when none did
 * @param startedMicros when it started, in microseconds since 1970 UTC
 * @param queuedNanos how long it waited between its dispatch and its start, in nanoseconds
 * @param runNanos how long it took, in nanoseconds
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
