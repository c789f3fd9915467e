package dev.juggler.job;

/**
 * What became of the tasks of a run. Every task that was submitted is in exactly one of the states.
 *
 * @param submitted inputs that were given to a worker, or skipped
 * @param succeeded tasks whose last attempt succeeded
 * @param failed tasks whose last attempt failed
 * @param timedOut tasks whose last attempt took too long
 * @param cancelled tasks that the end of the run cut off
 * @param skipped inputs that an earlier run had done
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
