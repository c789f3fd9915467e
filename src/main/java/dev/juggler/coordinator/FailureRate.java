package dev.juggler.coordinator;

/**
 * Failures as they come of too much load, counted against what is usual without. Of all tasks a few fail whatever the
 * load: those are no reason to do less.
 */
final class FailureRate {
    /** This share of tasks may fail without load being blamed. */
    private static final double BEARABLE = 0.02;
    /** So many may in any case. */
    private static final int A_FEW = 1;
    /** What is longer ago than about so many tasks is forgotten. */
    private static final int MEMORY = 1000;
    /** A share as high as this is never usual, however little load there is. */
    private static final double MOST_USUAL = 0.5;

    private final FailureCount now = new FailureCount();
    private final FailureCount calm = new FailureCount();

    /** How many failed of how many. */
    private static final class FailureCount {
        private double tasks;
        private double troubled;

        void add(double tasks, double troubled) {
            this.tasks += tasks;
            this.troubled += troubled;
        }

        void halve() {
            tasks /= 2;
            troubled /= 2;
        }

        double ratio() {
            return tasks == 0 ? 0 : troubled / tasks;
        }
    }

    void add(int tasks, int troubled) {
        now.add(tasks, troubled);
        if (now.tasks > MEMORY) {
            now.halve();
        }
    }

    void forget() {
        now.add(-now.tasks, -now.troubled);
    }

    /** Takes what has failed since the last {@link #forget} for usual; false when it is too much for that. */
    boolean isUsual() {
        boolean usual = now.ratio() <= MOST_USUAL;
        if (usual) {
            calm.halve();
            calm.add(now.tasks, now.troubled);
        }
        return usual;
    }

    /** Whether more failed than usual, by more than two standard errors. */
    boolean isTooMuch() {
        double usual = calm.ratio();
        double share = Math.max(BEARABLE, usual);
        double spread = usual == 0 ? 0 : 2 * Math.sqrt(usual * (1 - usual) * now.tasks * (1 + now.tasks / calm.tasks));
        return now.troubled > A_FEW + share * now.tasks + spread;
    }
}
