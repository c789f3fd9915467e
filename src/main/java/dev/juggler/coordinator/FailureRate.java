package dev.juggler.coordinator;

/** Detects failures due to overload, by comparison with the usual rate of failures. */
final class FailureRate {
    /** The share of failures that is always tolerated. */
    private static final double TOLERATED = 0.02;
    /** The number of failures that is always tolerated. */
    private static final int MIN_FAILURES = 1;
    /** The approximate number of recent tasks that count. */
    private static final int MEMORY = 1000;
    /** A higher share of failures never becomes usual. */
    private static final double MAX_USUAL = 0.5;

    private final FailureCount recent = new FailureCount();
    private final FailureCount baseline = new FailureCount();

    /** A number of tasks and of failures among them. */
    private static final class FailureCount {
        private double tasks;
        private double failures;

        void add(double tasks, double failures) {
            this.tasks += tasks;
            this.failures += failures;
        }

        void halve() {
            tasks /= 2;
            failures /= 2;
        }

        double ratio() {
            return tasks == 0 ? 0 : failures / tasks;
        }
    }

    void add(int tasks, int failures) {
        recent.add(tasks, failures);
        if (recent.tasks > MEMORY) {
            recent.halve();
        }
    }

    /** Forgets the recent failures. */
    void reset() {
        recent.add(-recent.tasks, -recent.failures);
    }

    /**
     * Accepts the failures since the last {@link #reset} as usual. Returns false, without effect, if they are too many.
     */
    boolean acceptAsUsual() {
        boolean usual = recent.ratio() <= MAX_USUAL;
        if (usual) {
            baseline.halve();
            baseline.add(recent.tasks, recent.failures);
        }
        return usual;
    }

    /** Returns whether more tasks failed than usual, by more than two standard errors. */
    boolean isExcessive() {
        double usual = baseline.ratio();
        double expected = Math.max(TOLERATED, usual);
        double margin = usual == 0
                ? 0
                : 2 * Math.sqrt(usual * (1 - usual) * recent.tasks * (1 + recent.tasks / baseline.tasks));
        return recent.failures > MIN_FAILURES + expected * recent.tasks + margin;
    }
}
