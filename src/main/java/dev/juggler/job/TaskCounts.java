package dev.juggler.job;

/**
 * The tasks of a run by outcome. Every submitted task is in exactly one of the states.
 *
 * @param submitted inputs that were sent to a worker, or skipped
 * @param succeeded tasks whose last attempt succeeded
 * @param failed tasks whose last attempt failed
 * @param timedOut tasks whose last attempt timed out
 * @param cancelled tasks that the end of the run interrupted
 * @param skipped inputs that an earlier run had completed
 * @param attempts attempts of all tasks together
 */
public record TaskCounts(
        long submitted, long succeeded, long failed, long timedOut, long cancelled, long skipped, long attempts) {

    /** Tasks that ended in any way in this run. */
    public long done() {
        return succeeded + failed + timedOut + cancelled;
    }

    /** Tasks that ended without success. */
    public long unsuccessful() {
        return failed + timedOut + cancelled;
    }
}
