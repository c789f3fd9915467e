package dev.juggler.coordinator;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A limit of batches in flight that is found while the job runs, by two published controls. The lower result of the two
 * applies:
 *
 * <ul>
 *   <li>Latency: the gradient controller of Envoy's adaptive concurrency filter. After each round of replies the new
 *       limit is {@code gradient * limit + headroom}. The gradient is a task's latency without load over its present
 *       latency, at most 1; the headroom grows with the square root of the limit. Tasks beyond the server's capacity
 *       wait there, which raises their latency.
 *   <li>Failures: the control of TCP. More failures than usual cut the limit at once, and {@link CubicGrowth} bounds
 *       its regrowth.
 * </ul>
 *
 * <p>It begins with TCP's slow start: the limit doubles each round until one of the two controls intervenes. From time
 * to time the latency without load is measured again under a quarter of the limit, as in BBR, since tasks may change
 * along the list. Differences within two standard errors are ignored, so lists of short and long tasks do not throttle
 * themselves.
 *
 * <p>Confined to one thread.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/adaptive_concurrency_filter">
 *     Envoy: adaptive concurrency</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438: CUBIC</a>
 * @see <a href="https://doi.org/10.1145/3012426.3022184">Cardwell and others, 2016: BBR</a>
 */
final class AdaptiveLimit {
    /** The increase in latency that is not attributed to load; a logarithm, as all factors here. */
    private static final double TOLERANCE = Math.log(1.05);

    private static final double STANDARD_ERRORS = 2;
    /** The smallest factor by which latency cuts the limit in a round. */
    private static final double MIN_GRADIENT = 0.5;
    /** The latency without load is measured under the limit divided by this. */
    private static final int PROBE_DIVISOR = 4;

    private static final long MIN_PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(32);
    /** The smallest number of rounds between two probes. */
    private static final int MIN_PROBE_ROUNDS = 16;
    /** An increase in latency beyond this is checked by an early probe before it is attributed to load. */
    private static final double SUSPICIOUS_EXCESS = Math.log(2);
    /** The smallest number of rounds before an early probe. */
    private static final int MIN_EARLY_PROBE_ROUNDS = 4;
    /** A cut counts as following another until the limit has regrown to this share of its value before. */
    private static final double REGROWN = 0.85;
    /** After this many consecutive cuts without effect, failures are not attributed to load. */
    private static final int FUTILE_CUTS = 4;

    private int max;
    private final FailureRate failures = new FailureRate();
    private double limit;
    private int highest;
    private boolean slowStart = true;
    /** The limit to return to after the probe under way; 0 while there is none. */
    private double limitBeforeProbe;

    private LatencySample round;
    private @Nullable LatencySample unloaded;
    private int roundsSinceProbe;
    private long roundNanos;
    private long changedNanos;
    private long probedNanos;
    private long probeIntervalNanos = MIN_PROBE_INTERVAL_NANOS;
    private @Nullable CubicGrowth ceiling;
    private int cutsInARow;

    /** Starts at {@code initial}, but not above {@code max}. */
    AdaptiveLimit(int initial, int max, long nanoTime) {
        this.max = max;
        this.limit = Math.min(initial, max);
        this.highest = current();
        this.round = new LatencySample(current(), 0, nanoTime);
        this.changedNanos = nanoTime;
        this.probedNanos = nanoTime;
    }

    /** The number of batches that may be in flight now. */
    int current() {
        return (int) limit;
    }

    /** Replaces the maximum. */
    void bound(int newMax) {
        max = newMax;
        limit = Math.min(limit, max);
        limitBeforeProbe = Math.min(limitBeforeProbe, max);
    }

    /** The limit apart from probes. */
    int settled() {
        return (int) Math.max(limit, limitBeforeProbe);
    }

    /** The highest limit so far. */
    int highest() {
        return highest;
    }

    /**
     * Takes a reply into account.
     *
     * @param sentNanos the {@link System#nanoTime()} at which the batch was sent
     * @param nanoTime the time of its reply
     * @param inFlight the batches in flight just before the reply, this one included
     * @param attempted the number of its tasks that were attempted
     * @param overloaded the number of tasks that failed in a way that overload causes
     */
    void onReply(long sentNanos, long nanoTime, int inFlight, int attempted, int overloaded) {
        round.add(overloaded == 0 && attempted > 0 ? (double) (nanoTime - sentNanos) / attempted : 0, inFlight);
        if (sentNanos - changedNanos >= 0) {
            failures.add(attempted, overloaded);
        }
        if (failures.isExcessive() && current() > 1) {
            cut(inFlight, nanoTime);
        } else if (round.isComplete()) {
            roundNanos = round.elapsedNanos(nanoTime);
            roundsSinceProbe++;
            endRound(inFlight, nanoTime);
        }
    }

    private void cut(int inFlight, long nanoTime) {
        limitBeforeProbe = 0;
        boolean another = ceiling != null && limit < REGROWN * ceiling.before();
        cutsInARow = another ? cutsInARow + 1 : 0;
        boolean futile = cutsInARow == FUTILE_CUTS && failures.acceptAsUsual();
        slowStart = futile;
        ceiling = futile ? null : new CubicGrowth(limit, nanoTime);
        failures.reset();
        change(futile ? limit : limit * CubicGrowth.CUT_FACTOR, inFlight, nanoTime);
    }

    private void endRound(int inFlight, long nanoTime) {
        if (limitBeforeProbe > 0) {
            endProbe(inFlight, nanoTime);
        } else if (isProbeDue(nanoTime)) {
            beginProbe(inFlight, nanoTime);
        } else {
            adapt(inFlight, nanoTime);
        }
    }

    private boolean isProbeDue(long nanoTime) {
        boolean regular = nanoTime - probedNanos > probeIntervalNanos && roundsSinceProbe > MIN_PROBE_ROUNDS;
        boolean early = roundsSinceProbe > MIN_EARLY_PROBE_ROUNDS && excess() > SUSPICIOUS_EXCESS;
        return !slowStart && (regular || early);
    }

    private void beginProbe(int inFlight, long nanoTime) {
        probedNanos = nanoTime;
        probeIntervalNanos = Math.min(MAX_PROBE_INTERVAL_NANOS, 2 * probeIntervalNanos);
        limitBeforeProbe = limit;
        failures.reset();
        change(limit / PROBE_DIVISOR, inFlight, nanoTime);
    }

    /** Takes the probe's latency as that without load. If it has risen, the limit was kept low for no reason. */
    private void endProbe(int inFlight, long nanoTime) {
        slowStart = unloaded != null && round.slowerThan(unloaded, STANDARD_ERRORS) > TOLERANCE;
        unloaded = round;
        roundsSinceProbe = 0;
        failures.acceptAsUsual();
        double previous = limitBeforeProbe;
        limitBeforeProbe = 0;
        change(previous, inFlight, nanoTime);
    }

    private void adapt(int inFlight, long nanoTime) {
        if (unloaded == null || unloaded.slowerThan(round, STANDARD_ERRORS) > 0) {
            unloaded = round;
        }
        double headroom = Math.max(1, Math.sqrt(limit) / 2);
        double excess = excess();
        if (excess > 0) {
            slowStart = false;
            change(limit * Math.max(MIN_GRADIENT, Math.exp(-excess)) + headroom, inFlight, nanoTime);
        } else if (round.reachedLimit()) {
            change(slowStart ? 2 * limit : limit + headroom, inFlight, nanoTime);
        } else {
            change(limit, inFlight, nanoTime);
        }
    }

    /** The increase in latency over that without load, beyond the tolerance. */
    private double excess() {
        return unloaded == null ? 0 : round.slowerThan(unloaded, STANDARD_ERRORS) - TOLERANCE;
    }

    /** Sets the limit and begins a round. */
    private void change(double wanted, int inFlight, long nanoTime) {
        double bound = ceiling == null ? max : Math.min(max, ceiling.at(nanoTime, roundNanos));
        limit = Math.max(1, Math.min(wanted, bound));
        highest = Math.max(highest, current());
        slowStart = slowStart && limit < max;
        if (current() != round.limit()) {
            changedNanos = nanoTime;
        }
        // Batches in flight began under another limit. A slow start cannot wait for them, and overshoots instead.
        round = new LatencySample(current(), slowStart ? 0 : Math.max(inFlight, current()), nanoTime);
    }
}
