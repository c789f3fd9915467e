package dev.juggler.job;

import java.util.Optional;

/**
 * The end of a run.
 *
 * @param counts its tasks by outcome
 * @param ending why it ended
 * @param cause the error when the run itself failed; empty otherwise
 */
public record JobResult(TaskCounts counts, EndReason ending, Optional<Throwable> cause) {}
