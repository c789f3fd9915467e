package dev.juggler.engine;

import java.util.OptionalDouble;

/**
 * What was seen of workers that were looked at every hundredth of a second, and whether that is enough to know how much
 * tasks compute. It is when so many looks agree that each worker has meanwhile done some whole tasks: a task may begin
 * with computing and go on with waiting. Tasks that take longer than that are judged by what they do in a second, and
 * what stays unclear for two seconds is a mixed case. That they compute is believed at the second time only: at first
 * they load classes as well. Confined to one thread.
 */
final class CpuShareEstimate {
    /** So many looks are needed in any case. */
    static final int FEWEST = 20;
    /** So many are enough, although no tasks have ended meanwhile, where they are clear. */
    static final int MANY = 100;
    /** So many are enough, clear or not. */
    static final int MOST = 200;
    /** So many tasks of each worker are seen whole. */
    private static final int WHOLE_TASKS = 2;

    private final ObservationWindow all = new ObservationWindow();
    private ObservationWindow latest = new ObservationWindow();
    private long endedBefore;
    private boolean over;

    /** Looks that are taken together. */
    private static final class ObservationWindow {
        private double sum;
        private int looks;
        private int mostBusy;

        void add(double share, int busy) {
            sum += share;
            looks++;
            mostBusy = Math.max(mostBusy, busy);
        }

        double share() {
            return sum / looks;
        }
    }

    /** A look that begins when so many tasks have ended. */
    CpuShareEstimate(long ended) {
        this.endedBefore = ended;
    }

    /**
     * Adds one look.
     *
     * @param running threads of workers, and programs, that compute now or would if a processor were free
     * @param busy workers that have tasks; with none there is nothing to see
     * @param ended tasks that have ended since the run began
     */
    void add(int running, int busy, long ended) {
        if (over || busy < 1) {
            return;
        }
        double share = Math.min(1.0, (double) running / busy);
        all.add(share, busy);
        latest.add(share, busy);
        boolean whole = latest.looks >= FEWEST && ended - endedBefore >= (long) WHOLE_TASKS * latest.mostBusy;
        boolean enough = whole || latest.looks >= MANY;
        boolean again = latest.looks < all.looks;
        boolean believed = ModelSelector.waits(latest.share()) || (again && ModelSelector.computes(latest.share()));
        over = all.looks >= MOST || (enough && believed);
        if (!over && enough) {
            latest = new ObservationWindow();
            endedBefore = ended;
        }
    }

    /** Returns whether it is known. */
    boolean isOver() {
        return over;
    }

    /** The part of their time in which tasks compute, from 0 to 1; empty when nothing was seen. */
    OptionalDouble share() {
        if (all.looks == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(latest.looks < FEWEST || all.looks >= MOST ? all.share() : latest.share());
    }
}
