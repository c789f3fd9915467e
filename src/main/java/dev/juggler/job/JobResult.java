package dev.juggler.job;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param counts what became of its tasks
 * @param ending why it ended
 * @param cause what went wrong where the ending is a failure of the run itself; empty otherwise
 */
public record JobResult(TaskCounts counts, EndReason ending, Optional<Throwable> cause) {}
