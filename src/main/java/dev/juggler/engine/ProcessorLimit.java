package dev.juggler.engine;

/**
 * How many tasks at a time keep the processors of this machine busy, as {@code -n auto} needs to know: more of them
 * gain nothing and only take longer, which times alone do not show where tasks are of unequal length. Of tasks that
 * compute in a part of their time, it is the processors over that part. Confined to one thread.
 */
final class ProcessorLimit {
    /** How much of the mean the latest look makes up. */
    private static final double LATEST = 0.2;
    /** From this part on, tasks wait in between only for their next message. */
    private static final double ALWAYS = 0.9;

    private final int cores;
    private double running;
    private double busy;

    ProcessorLimit(int cores) {
        this.cores = cores;
    }

    /**
     * Takes one look.
     *
     * @param runningNow workers and programs that compute now or would if a processor were free
     * @param busyNow workers that have tasks; at least 1
     */
    void add(int runningNow, int busyNow) {
        double weight = busy == 0 ? 1 : LATEST;
        running += weight * (Math.min(runningNow, busyNow) - running);
        busy += weight * (busyNow - busy);
    }

    /** The bound, never below the number of processors nor above {@code most}. */
    int atMost(int most) {
        double share = busy == 0 ? 0 : running / busy;
        if (share * most <= cores) {
            return most;
        }
        // One more, so that no processor idles while tasks happen to wait at the same time.
        int spare = share < ALWAYS ? 1 : 0;
        return Math.clamp((int) Math.ceil(cores / share - 0.25) + spare, Math.min(cores, most), most);
    }
}
