package dev.juggler.engine;

/**
 * Estimates the number of concurrent tasks that keep the processors of this machine busy, for {@code -n auto}. More
 * tasks gain nothing and only take longer, which times alone do not show when tasks are of unequal length. For tasks
 * that compute for a share of their time, it is the number of processors divided by that share. Confined to one thread.
 */
final class ProcessorLimit {
    /** The weight of the latest sample in the moving average. */
    private static final double LATEST_WEIGHT = 0.2;
    /** The share from which tasks wait only for their next message. */
    private static final double ALWAYS_COMPUTING = 0.9;

    private final int cores;
    private double running;
    private double busy;

    ProcessorLimit(int cores) {
        this.cores = cores;
    }

    /**
     * Adds one sample.
     *
     * @param runningNow the number of workers and programs that compute now or wait for a processor
     * @param busyNow the number of workers that have tasks; at least 1
     */
    void add(int runningNow, int busyNow) {
        double weight = busy == 0 ? 1 : LATEST_WEIGHT;
        running += weight * (Math.min(runningNow, busyNow) - running);
        busy += weight * (busyNow - busy);
    }

    /** Returns the limit, which is at least the number of processors and at most {@code max}. */
    int atMost(int max) {
        double share = busy == 0 ? 0 : running / busy;
        if (share * max <= cores) {
            return max;
        }
        // One more task, so that no processor idles while several tasks wait at the same time.
        int spare = share < ALWAYS_COMPUTING ? 1 : 0;
        return Math.clamp((int) Math.ceil(cores / share - 0.25) + spare, Math.min(cores, max), max);
    }
}
