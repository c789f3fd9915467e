package dev.juggler.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Finds the knee of throughput over concurrency: the smallest concurrency that does about as much as any. It doubles the
 * concurrency as long as that gains more than noise, while failures and times stay within bounds, and then narrows the
 * place down by halving.
 *
 * <p>Throughput changes with what else the machine does. So what decides is measured in pairs, one concurrency right after
 * the other, several times: that heeds neither a slow minute nor one bad run.
 */
public final class KneeFinder {
    /** A throughput that is greater by less than this, or than the noise, is not greater. */
    private static final double SAME = 0.05;
    /** Noise beyond this is not believed: it would make everything the same. */
    private static final double MOST_NOISE = 0.1;
    /** What does this part of the best is about as much: far enough from the best, and from a quarter less, for noise. */
    private static final double ENOUGH = 0.88;
    /** What gains more than this is not measured again on the way up. */
    private static final double CLEAR_GAIN = 1.5;
    /** What was not found to gain more is looked at once more before the climb ends there. */
    private static final double GAIN = 1.1;
    /** What was measured on the way up decides where it is more than this, */
    private static final double CLEARLY_ENOUGH = 0.97;
    /** or less than this: half of the best, say. */
    private static final double CLEARLY_TOO_LITTLE = 0.62;
    /** A ratio this close to what decides is measured more often, */
    private static final double UNCLEAR = 0.14;
    /** but not more often than so many times what it is at least. */
    private static final int MOST_PAIRS = 2;
    /** So much more of the tasks may fail than do one at a time. */
    private static final double MORE_FAILURES = 0.02;
    /** Tasks may take so many times as long as one at a time. */
    private static final double SLOWEST = 20;
    /** So many doublings without gain end the climb: one alone may be bad luck. */
    private static final int IDLE_STEPS = 2;
    /** The place is narrowed down to this share of itself. */
    private static final int CLOSE = 10;

    private final int most;
    private final int repeat;
    private final ConcurrencyMeasurer measurer;
    private final Consumer<TuningStep> onStep;
    private final ThroughputCurve curve = new ThroughputCurve();
    /** The smallest concurrency that was found to be too much; one more than the most when none was. */
    private int tooMuch;

    /**
     * One that has measured nothing yet.
     *
     * @param most the largest concurrency to try
     * @param repeat how often each concurrency is measured, and each pair; once where runs take long
     * @param onStep told of each concurrency that has been measured
     */
    public KneeFinder(int most, int repeat, ConcurrencyMeasurer measurer, Consumer<TuningStep> onStep) {
        this.most = most;
        this.repeat = repeat;
        this.measurer = measurer;
        this.onStep = onStep;
        this.tooMuch = most + 1;
    }

    /** Measures what is needed and chooses. Blocks for all of it. */
    public TuningResult find() throws InterruptedException {
        TuningStep alone = measure(1);
        if (alone.tasksPerSecond() == 0) {
            return new TuningResult(List.of(alone), 0, "no task succeeds, even one at a time");
        }
        climb();
        narrowBound();
        int choice = narrowKnee();
        return new TuningResult(curve.steps(), choice, reason(curve.at(choice)));
    }

    private void climb() throws InterruptedException {
        int best = 1;
        int idle = 0;
        int next = 2;
        while (next <= most && next < tooMuch) {
            TuningStep step = measure(next, CLEAR_GAIN * curve.at(best).tasksPerSecond());
            if (!isAcceptable(step)) {
                tooMuch = next;
            } else if (gains(step, curve.at(best)) || (idle == IDLE_STEPS - 1 && ratio(next, best, GAIN) > GAIN)) {
                best = next;
                idle = 0;
            } else if (++idle == IDLE_STEPS) {
                return;
            }
            next = next < most ? Math.min(2 * next, most) : most + 1;
        }
    }

    /** Where failures or times end the climb while it still gains: finds how far it may go. */
    private void narrowBound() throws InterruptedException {
        int fine = curve.before(tooMuch);
        if (tooMuch > most || best().concurrency() < fine) {
            return;
        }
        while (isFar(fine, tooMuch)) {
            TuningStep step = measure((fine + tooMuch) / 2);
            if (isAcceptable(step)) {
                fine = step.concurrency();
            } else {
                tooMuch = step.concurrency();
            }
        }
    }

    /** The smallest concurrency that does about as much as the best, unless much less still does on another look. */
    private int narrowKnee() throws InterruptedException {
        int choice = narrowBelow(provenBest());
        for (int lower = lower(choice); lower < choice && share(lower, choice, true) >= ENOUGH; lower = lower(choice)) {
            choice = narrowBelow(lower);
        }
        return choice;
    }

    private static int lower(int choice) {
        return Math.max(1, choice * 2 / 3);
    }

    private int narrowBelow(int best) throws InterruptedException {
        int choice = best;
        double share = 1;
        int tooLittle = 0;
        while (isFar(tooLittle, choice)) {
            int next = Math.max(curve.before(choice), tooLittle);
            next = next == tooLittle ? (tooLittle + choice) / 2 : next;
            double found = share(next, best, false);
            if (found >= ENOUGH && isAcceptable(curve.at(next))) {
                choice = next;
                share = found;
            } else {
                tooLittle = next;
            }
        }
        // Below the knee throughput is in proportion to concurrency.
        int knee = Math.min(best, (int) Math.round(choice / Math.min(1, share)));
        return curve.runs(knee) > 0 || isAcceptable(measure(knee)) ? knee : choice;
    }

    /** The best of all, once it has been measured again: the first time it owes something to chance. */
    private int provenBest() throws InterruptedException {
        int best = best().concurrency();
        while (curve.runs(best) < 2 * repeats()) {
            run(best);
            best = best().concurrency();
        }
        return best;
    }

    /** What part of the best it does. What is clear from what was measured is not measured again, unless it is to be. */
    private double share(int concurrency, int best, boolean again) throws InterruptedException {
        boolean known = !again && curve.runs(concurrency) > 0;
        double share =
                known ? curve.at(concurrency).tasksPerSecond() / curve.at(best).tasksPerSecond() : ENOUGH;
        if (share > CLEARLY_TOO_LITTLE && share < CLEARLY_ENOUGH) {
            share = ratio(concurrency, best, ENOUGH);
            onStep.accept(curve.at(concurrency));
        }
        return share;
    }

    /**
     * The throughput with one concurrency over that with another, both measured now in turn; the more often, the closer it
     * is to what decides. Of each the better half counts: other programs only ever slow it down.
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
                || (ones.size() < MOST_PAIRS * repeats() && Math.abs(ratio - threshold) < UNCLEAR));
        return ratio;
    }

    private static boolean isFar(int low, int high) {
        return high - low > Math.max(1, high / CLOSE);
    }

    private TuningStep measure(int concurrency) throws InterruptedException {
        return measure(concurrency, Double.MAX_VALUE);
    }

    /** Measures often enough; once where that is as good as this already. */
    private TuningStep measure(int concurrency, double good) throws InterruptedException {
        do {
            run(concurrency);
        } while (curve.runs(concurrency) < repeats()
                && (curve.at(concurrency).tasksPerSecond() < good || !isAcceptable(curve.at(concurrency))));
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
        return curve.below(tooMuch).stream()
                .max(Comparator.comparingDouble(TuningStep::tasksPerSecond))
                .orElseThrow();
    }

    private boolean isAcceptable(TuningStep step) {
        return !failsTooMuch(step) && !isTooSlow(step);
    }

    private boolean failsTooMuch(TuningStep step) {
        return step.failed() > curve.at(1).failed() + MORE_FAILURES;
    }

    private boolean isTooSlow(TuningStep step) {
        return step.p50Ms() > SLOWEST * Math.max(1, curve.at(1).p50Ms());
    }

    private static boolean gains(TuningStep step, TuningStep best) {
        return step.tasksPerSecond() > best.tasksPerSecond() * (1 + same(Math.hypot(step.noise(), best.noise())));
    }

    private static double same(double noise) {
        return Math.clamp(noise, SAME, MOST_NOISE);
    }

    private String reason(TuningStep choice) {
        TuningStep best = best();
        int chosen = choice.concurrency();
        if (tooMuch <= most && !isFar(chosen, tooMuch)) {
            TuningStep bound = curve.at(tooMuch);
            return failsTooMuch(bound)
                    ? "with %d at a time %s of tasks fail, with %d %s"
                            .formatted(tooMuch, percent(bound.failed()), chosen, percent(choice.failed()))
                    : "with %d at a time a task takes %s ms, with %d %s ms"
                            .formatted(tooMuch, number(bound.p50Ms()), chosen, number(choice.p50Ms()));
        }
        if (chosen == most || (best.concurrency() == most && !isFar(chosen, most))) {
            return "%d at a time is the most that was tried, and it was still gaining: --max N tries more"
                    .formatted(most);
        }
        TuningStep more = curve.at(best.concurrency() > chosen ? best.concurrency() : curve.after(chosen));
        return "more gains nothing: %d at a time does %s tasks a second, %d does %s (±%s)"
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
