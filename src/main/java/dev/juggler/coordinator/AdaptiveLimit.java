package dev.juggler.coordinator;

import java.util.concurrent.TimeUnit;

/**
 * How many batches may be in flight, found while the job runs. Two published controls, of which the lower one holds:
 *
 * <ul>
 *   <li>Times: the gradient controller of Envoy's adaptive concurrency filter. After each round of outcomes the new
 *       limit is {@code gradient * limit + headroom}, where the gradient is the time of a task without load over its
 *       time now, at most 1, and the headroom grows with the square root of the limit. What is more than the other
 *       side does at a time waits there, which shows in the times.
 *   <li>Failures: TCP's. More failures than usual cut the limit at once, and {@link CubicGrowth} says how it may grow again.
 * </ul>
 *
 * <p>It begins with TCP's slow start: the limit doubles each round until one of the two objects. The time without load is
 * measured anew now and then under a quarter of the limit, as BBR does, since tasks may change along the list. A
 * difference within two standard errors is none, so lists of short and long tasks do not throttle themselves.
 *
 * <p>Confined to one thread.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/adaptive_concurrency_filter">
 *     Envoy: adaptive concurrency</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438: CUBIC</a>
 * @see <a href="https://doi.org/10.1145/3012426.3022184">Cardwell and others, 2016: BBR</a>
 */
final class AdaptiveLimit {
    /** Times may be longer by this factor without load being blamed; here, as all factors, as a logarithm. */
    private static final double TOLERANCE = Math.log(1.05);

    private static final double STANDARD_ERRORS = 2;
    /** Times cut the limit to this part at most in a round. */
    private static final double STEEPEST = 0.5;
    /** The time without load is measured under this part of the limit. */
    private static final int PROBE_PART = 4;

    private static final long FIRST_PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PROBE_NANOS = TimeUnit.SECONDS.toNanos(32);
    /** So many rounds lie between two probes at least. */
    private static final int PROBE_ROUNDS = 16;
    /** Times that are longer by this factor are not blamed on load before a probe; then fewer rounds are enough. */
    private static final double DOUBTFUL = Math.log(2);

    private static final int DOUBTFUL_ROUNDS = 4;
    /** A cut follows on another when the limit has not grown back to this part of what it was. */
    private static final double NOT_GROWN = 0.85;
    /** After so many cuts that followed on each other and changed nothing, failures do not come of load. */
    private static final int FUTILE_CUTS = 4;

    private int most;
    private final FailureRate trouble = new FailureRate();
    private double limit;
    private int highest;
    private boolean starting = true;
    /** The limit to go back to after the probe that is under way; 0 when none is. */
    private double interrupted;

    private LatencySample round;
    private LatencySample unloaded;
    private int roundsSinceProbe;
    private long roundNanos;
    private long changedNanos;
    private long probedNanos;
    private long probeEveryNanos = FIRST_PROBE_NANOS;
    private CubicGrowth ceiling;
    private int cutsInARow;

    /**
     * A limit that has seen nothing yet.
     *
     * @param first where it begins
     * @param most where it ends
     */
    AdaptiveLimit(int first, int most, long nanoTime) {
        this.most = most;
        this.limit = Math.min(first, most);
        this.highest = current();
        this.round = new LatencySample(current(), 0, nanoTime);
        this.changedNanos = nanoTime;
        this.probedNanos = nanoTime;
    }

    /** How many batches may be in flight now. */
    int current() {
        return (int) limit;
    }

    /** It shall end here from now on. */
    void bound(int bound) {
        most = bound;
        limit = Math.min(limit, most);
        interrupted = Math.min(interrupted, most);
    }

    /** How many there may be when no probe is under way. */
    int settled() {
        return (int) Math.max(limit, interrupted);
    }

    /** The most there have been. */
    int highest() {
        return highest;
    }

    /**
     * Takes what came back.
     *
     * @param sentNanos when the batch was sent, as a {@link System#nanoTime()}
     * @param nanoTime when its reply came
     * @param inFlight batches in flight just before the reply, with this one
     * @param tasks tasks in it that were tried
     * @param troubled those of them that failed as they do under too much load
     */
    void ended(long sentNanos, long nanoTime, int inFlight, int tasks, int troubled) {
        round.add(troubled == 0 && tasks > 0 ? (double) (nanoTime - sentNanos) / tasks : 0, inFlight);
        if (sentNanos - changedNanos >= 0) {
            trouble.add(tasks, troubled);
        }
        if (trouble.isTooMuch() && current() > 1) {
            cut(inFlight, nanoTime);
        } else if (round.isOver()) {
            roundNanos = round.lastedNanos(nanoTime);
            roundsSinceProbe++;
            finish(inFlight, nanoTime);
        }
    }

    private void cut(int inFlight, long nanoTime) {
        interrupted = 0;
        boolean another = ceiling != null && limit < NOT_GROWN * ceiling.before();
        cutsInARow = another ? cutsInARow + 1 : 0;
        boolean futile = cutsInARow == FUTILE_CUTS && trouble.isUsual();
        starting = futile;
        ceiling = futile ? null : new CubicGrowth(limit, nanoTime);
        trouble.forget();
        change(futile ? limit : limit * CubicGrowth.LEFT, inFlight, nanoTime);
    }

    private void finish(int inFlight, long nanoTime) {
        if (interrupted > 0) {
            learn(inFlight, nanoTime);
        } else if (isProbeDue(nanoTime)) {
            probe(inFlight, nanoTime);
        } else {
            adapt(inFlight, nanoTime);
        }
    }

    private boolean isProbeDue(long nanoTime) {
        boolean inTime = nanoTime - probedNanos > probeEveryNanos && roundsSinceProbe > PROBE_ROUNDS;
        boolean inDoubt = roundsSinceProbe > DOUBTFUL_ROUNDS && excess() > DOUBTFUL;
        return !starting && (inTime || inDoubt);
    }

    private void probe(int inFlight, long nanoTime) {
        probedNanos = nanoTime;
        probeEveryNanos = Math.min(LONGEST_PROBE_NANOS, 2 * probeEveryNanos);
        interrupted = limit;
        trouble.forget();
        change(limit / PROBE_PART, inFlight, nanoTime);
    }

    /** Takes a probe for what there is without load. Tasks that have become longer had been held back for nothing. */
    private void learn(int inFlight, long nanoTime) {
        starting = round.slowerThan(unloaded, STANDARD_ERRORS) > TOLERANCE;
        unloaded = round;
        roundsSinceProbe = 0;
        trouble.isUsual();
        double back = interrupted;
        interrupted = 0;
        change(back, inFlight, nanoTime);
    }

    private void adapt(int inFlight, long nanoTime) {
        if (unloaded == null || unloaded.slowerThan(round, STANDARD_ERRORS) > 0) {
            unloaded = round;
        }
        double headroom = Math.max(1, Math.sqrt(limit) / 2);
        double excess = excess();
        if (excess > 0) {
            starting = false;
            change(limit * Math.max(STEEPEST, Math.exp(-excess)) + headroom, inFlight, nanoTime);
        } else if (round.wasUsed()) {
            change(starting ? 2 * limit : limit + headroom, inFlight, nanoTime);
        } else {
            change(limit, inFlight, nanoTime);
        }
    }

    /** By how much tasks take longer than without load, beyond what is tolerated. */
    private double excess() {
        return unloaded == null ? 0 : round.slowerThan(unloaded, STANDARD_ERRORS) - TOLERANCE;
    }

    /** Sets the limit and begins a round. */
    private void change(double wanted, int inFlight, long nanoTime) {
        double bound = ceiling == null ? most : Math.min(most, ceiling.at(nanoTime, roundNanos));
        limit = Math.max(1, Math.min(wanted, bound));
        highest = Math.max(highest, current());
        starting = starting && limit < most;
        if (current() != round.limit()) {
            changedNanos = nanoTime;
        }
        // What is in flight was begun under another limit. A slow start cannot wait for it, and goes too far instead.
        round = new LatencySample(current(), starting ? 0 : Math.max(inFlight, current()), nanoTime);
    }
}
