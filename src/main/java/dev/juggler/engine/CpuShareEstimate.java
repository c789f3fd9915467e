package dev.juggler.engine;

import java.util.OptionalDouble;

/**
 * Estimates the share of their time in which tasks compute, from samples taken every hundredth of a second. The samples
 * suffice when each worker has completed some whole tasks meanwhile, because a task may begin with computing and
 * continue with waiting. Longer tasks are judged by one second of samples, and a result that is still unclear after two
 * seconds is a mixed case. The result that tasks compute must be confirmed by a second window, because at first tasks
 * load classes too. Confined to one thread.
 */
final class CpuShareEstimate {
    /** The minimum number of samples in any case. */
    static final int MIN_SAMPLES = 20;
    /** The number of samples that suffice when they are clear, even if no tasks have ended. */
    static final int CLEAR_SAMPLES = 100;
    /** The number of samples that suffice, clear or not. */
    static final int MAX_SAMPLES = 200;
    /** The number of whole tasks of each worker in a window. */
    private static final int WHOLE_TASKS = 2;

    private final ObservationWindow all = new ObservationWindow();
    private ObservationWindow latest = new ObservationWindow();
    private long endedAtWindowStart;
    private boolean complete;

    /** Accumulates samples. */
    private static final class ObservationWindow {
        private double sum;
        private int samples;
        private int maxBusy;

        void add(double share, int busy) {
            sum += share;
            samples++;
            maxBusy = Math.max(maxBusy, busy);
        }

        double share() {
            return sum / samples;
        }
    }

    /** Makes an estimate that begins when this number of tasks have ended. */
    CpuShareEstimate(long ended) {
        this.endedAtWindowStart = ended;
    }

    /**
     * Adds one sample.
     *
     * @param running the number of worker threads and programs that compute now or wait for a processor
     * @param busy the number of workers that have tasks; without any, the sample is ignored
     * @param ended the number of tasks that have ended since the run began
     */
    void add(int running, int busy, long ended) {
        if (complete || busy < 1) {
            return;
        }
        double share = Math.min(1.0, (double) running / busy);
        all.add(share, busy);
        latest.add(share, busy);
        boolean whole =
                latest.samples >= MIN_SAMPLES && ended - endedAtWindowStart >= (long) WHOLE_TASKS * latest.maxBusy;
        boolean enough = whole || latest.samples >= CLEAR_SAMPLES;
        boolean repeated = latest.samples < all.samples;
        boolean clear = ModelSelector.waits(latest.share()) || (repeated && ModelSelector.computes(latest.share()));
        complete = all.samples >= MAX_SAMPLES || (enough && clear);
        if (!complete && enough) {
            latest = new ObservationWindow();
            endedAtWindowStart = ended;
        }
    }

    /** Returns whether no more samples are needed. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the share of their time in which tasks compute, from 0 to 1, or empty without samples. */
    OptionalDouble share() {
        if (all.samples == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                latest.samples < MIN_SAMPLES || all.samples >= MAX_SAMPLES ? all.share() : latest.share());
    }
}
