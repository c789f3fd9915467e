package dev.juggler.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Finds the knee of throughput over concurrency: the smallest concurrency with about the highest throughput. It doubles
 * the concurrency as long as throughput gains more than noise and failures and latency stay within bounds, and then
 * bisects.
 *
 * <p>Throughput changes with other load on the machine. Decisions are therefore based on paired measurements, one
 * concurrency right after the other, several times: neither a slow minute nor one bad run affects them. Confined to one
 * thread.
 */
public final class KneeFinder {
    /** The relative gain that counts as a gain if the noise is lower. */
    private static final double MIN_GAIN = 0.05;

    /** The cap on measured noise: beyond it, no difference would count. */
    private static final double MAX_NOISE = 0.1;

    /** The share of the best throughput that is sufficient: noise confuses it neither with 1 nor with 0.75. */
    private static final double SUFFICIENT = 0.88;

    /** A gain by more than this factor is not measured again during the climb. */
    private static final double CLEAR_GAIN = 1.5;

    /** Before the climb ends, a paired measurement must show a gain by no more than this factor. */
    private static final double CONFIRMED_GAIN = 1.1;

    /** Shares above this are sufficient without a paired measurement, */
    private static final double CLEARLY_SUFFICIENT = 0.97;

    /** and shares below this are insufficient without one. */
    private static final double CLEARLY_INSUFFICIENT = 0.62;

    /** A ratio this close to its threshold is measured more often, */
    private static final double UNCLEAR = 0.14;

    /** but at most this many times the usual number of pairs. */
    private static final int MAX_PAIRS_FACTOR = 2;

    /** The share of failures may exceed that of a single task at a time by this. */
    private static final double MAX_MORE_FAILURES = 0.02;

    /** Tasks may take this many times as long as a single task at a time. */
    private static final double MAX_SLOWDOWN = 20;

    /** This many doublings without gain end the climb: a single one may be bad luck. */
    private static final int MAX_IDLE_STEPS = 2;

    /** Bisection ends when the interval is this fraction of its upper end: 10 for a tenth. */
    private static final int PRECISION = 10;

    private final int max;
    private final int repeat;
    private final ConcurrencyMeasurer measurer;
    private final Consumer<TuningStep> onStep;
    private final ThroughputCurve curve = new ThroughputCurve();
    /** The smallest concurrency that exceeded the bounds on failures or latency; {@code max + 1} if none did. */
    private int bound;

    /**
     * A finder that has not measured anything yet.
     *
     * @param max the highest concurrency to try
     * @param repeat measurements of each concurrency and of each pair; a single one if runs take long
     * @param onStep receives each concurrency that has been measured, on the thread of {@link #find}
     */
    public KneeFinder(int max, int repeat, ConcurrencyMeasurer measurer, Consumer<TuningStep> onStep) {
        this.max = max;
        this.repeat = repeat;
        this.measurer = measurer;
        this.onStep = onStep;
        this.bound = max + 1;
    }

    /**
     * Measures and chooses. Blocks until the choice is made.
     *
     * @throws InterruptedException if the measurer is interrupted
     */
    public TuningResult find() throws InterruptedException {
        TuningStep alone = measure(1);
        if (alone.tasksPerSecond() == 0) {
            return new TuningResult(List.of(alone), 0, "no task succeeds, even with a concurrency of 1");
        }
        climb();
        narrowBound();
        int choice = narrowKnee();
        return new TuningResult(curve.steps(), choice, reason(curve.at(choice)));
    }

    /** Doubles the concurrency until it gains nothing, exceeds the bounds or reaches the maximum. */
    private void climb() throws InterruptedException {
        int best = 1;
        int idle = 0;
        int next = 2;
        while (next <= max && next < bound) {
            TuningStep step = measure(next, CLEAR_GAIN * curve.at(best).tasksPerSecond());
            if (!isAcceptable(step)) {
                bound = next;
            } else if (gains(step, curve.at(best)) || (idle == MAX_IDLE_STEPS - 1 && isConfirmedGain(next, best))) {
                best = next;
                idle = 0;
            } else if (++idle == MAX_IDLE_STEPS) {
                return;
            }
            next = next < max ? Math.min(2 * next, max) : max + 1;
        }
    }

    private boolean isConfirmedGain(int next, int best) throws InterruptedException {
        return ratio(next, best, CONFIRMED_GAIN) > CONFIRMED_GAIN;
    }

    /** Bisects to the bound if failures or latency ended the climb while throughput still grew. */
    private void narrowBound() throws InterruptedException {
        int acceptable = curve.before(bound);
        if (bound > max || best().concurrency() < acceptable) {
            return;
        }
        while (isFar(acceptable, bound)) {
            TuningStep step = measure((acceptable + bound) / 2);
            if (isAcceptable(step)) {
                acceptable = step.concurrency();
            } else {
                bound = step.concurrency();
            }
        }
    }

    /** Finds the smallest sufficient concurrency, and repeats that as long as two thirds of it are sufficient too. */
    private int narrowKnee() throws InterruptedException {
        int choice = narrowBelow(confirmedBest());
        for (int lower = lower(choice);
                lower < choice && share(lower, choice, true) >= SUFFICIENT;
                lower = lower(choice)) {
            choice = narrowBelow(lower);
        }
        return choice;
    }

    private static int lower(int choice) {
        return Math.max(1, choice * 2 / 3);
    }

    /** Bisects to the smallest concurrency with a sufficient share of the throughput of {@code best}. */
    private int narrowBelow(int best) throws InterruptedException {
        int choice = best;
        double share = 1;
        int insufficient = 0;
        while (isFar(insufficient, choice)) {
            int next = Math.max(curve.before(choice), insufficient);
            next = next == insufficient ? (insufficient + choice) / 2 : next;
            double found = share(next, best, false);
            if (found >= SUFFICIENT && isAcceptable(curve.at(next))) {
                choice = next;
                share = found;
            } else {
                insufficient = next;
            }
        }
        // Below the knee throughput is proportional to concurrency.
        int knee = Math.min(best, (int) Math.round(choice / Math.min(1, share)));
        return curve.runs(knee) > 0 || isAcceptable(measure(knee)) ? knee : choice;
    }

    /** The best concurrency after repeated measurement: the first result owes something to chance. */
    private int confirmedBest() throws InterruptedException {
        int best = best().concurrency();
        while (curve.runs(best) < 2 * repeats()) {
            run(best);
            best = best().concurrency();
        }
        return best;
    }

    /**
     * The throughput of a concurrency as a share of the best. Measures in pairs unless earlier measurements are clear.
     *
     * @param again true to measure in any case
     */
    private double share(int concurrency, int best, boolean again) throws InterruptedException {
        boolean known = !again && curve.runs(concurrency) > 0;
        double share =
                known ? curve.at(concurrency).tasksPerSecond() / curve.at(best).tasksPerSecond() : SUFFICIENT;
        if (share > CLEARLY_INSUFFICIENT && share < CLEARLY_SUFFICIENT) {
            share = ratio(concurrency, best, SUFFICIENT);
            onStep.accept(curve.at(concurrency));
        }
        return share;
    }

    /**
     * The ratio of the throughputs of two concurrencies, measured now and in turn; more often if the ratio is close to
     * the threshold. Only the better half of each counts, because other programs can only slow a run down.
     */
    private double ratio(int one, int other, double threshold) throws InterruptedException {
        List<Double> ones = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        double ratio;
        do {
            ones.add(run(one).tasksPerSecond());
            others.add(run(other).tasksPerSecond());
            ratio = ThroughputCurve.betterHalf(ones) / ThroughputCurve.betterHalf(others);
        } while (ones.size() < repeats()
                || (ones.size() < MAX_PAIRS_FACTOR * repeats() && Math.abs(ratio - threshold) < UNCLEAR));
        return ratio;
    }

    private static boolean isFar(int low, int high) {
        return high - low > Math.max(1, high / PRECISION);
    }

    private TuningStep measure(int concurrency) throws InterruptedException {
        return measure(concurrency, Double.MAX_VALUE);
    }

    /** Measures the usual number of times, or until the throughput reaches {@code target}. */
    private TuningStep measure(int concurrency, double target) throws InterruptedException {
        do {
            run(concurrency);
        } while (curve.runs(concurrency) < repeats()
                && (curve.at(concurrency).tasksPerSecond() < target || !isAcceptable(curve.at(concurrency))));
        TuningStep step = curve.at(concurrency);
        onStep.accept(step);
        return step;
    }

    private TuningStep run(int concurrency) throws InterruptedException {
        TuningStep run = measurer.measure(concurrency);
        curve.add(run);
        return run;
    }

    private int repeats() {
        return measurer.takesLong() ? 1 : repeat;
    }

    private TuningStep best() {
        return curve.below(bound).stream()
                .max(Comparator.comparingDouble(TuningStep::tasksPerSecond))
                .orElseThrow();
    }

    private boolean isAcceptable(TuningStep step) {
        return !failsTooOften(step) && !isTooSlow(step);
    }

    private boolean failsTooOften(TuningStep step) {
        return step.failed() > curve.at(1).failed() + MAX_MORE_FAILURES;
    }

    private boolean isTooSlow(TuningStep step) {
        return step.p50Ms() > MAX_SLOWDOWN * Math.max(1, curve.at(1).p50Ms());
    }

    private static boolean gains(TuningStep step, TuningStep best) {
        double noise = Math.hypot(step.noise(), best.noise());
        return step.tasksPerSecond() > best.tasksPerSecond() * (1 + Math.clamp(noise, MIN_GAIN, MAX_NOISE));
    }

    private String reason(TuningStep choice) {
        TuningStep best = best();
        int chosen = choice.concurrency();
        if (bound <= max && !isFar(chosen, bound)) {
            TuningStep atBound = curve.at(bound);
            return failsTooOften(atBound)
                    ? "at a concurrency of %d %s of tasks fail, at %d %s"
                            .formatted(bound, percent(atBound.failed()), chosen, percent(choice.failed()))
                    : "at a concurrency of %d a task takes %s ms, at %d %s ms"
                            .formatted(bound, number(atBound.p50Ms()), chosen, number(choice.p50Ms()));
        }
        if (chosen == max || (best.concurrency() == max && !isFar(chosen, max))) {
            return "throughput still grows at %d, the highest concurrency tried; try more with --max N".formatted(max);
        }
        TuningStep more = curve.at(best.concurrency() > chosen ? best.concurrency() : curve.after(chosen));
        return "more gains nothing: a concurrency of %d reaches %s tasks per second, %d reaches %s (±%s)"
                .formatted(
                        chosen,
                        number(choice.tasksPerSecond()),
                        more.concurrency(),
                        number(more.tasksPerSecond()),
                        percent(Math.max(choice.noise(), more.noise())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
