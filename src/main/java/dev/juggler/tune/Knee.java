package dev.juggler.tune;

import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the knee of throughput over concurrency: the smallest concurrency that does about as much as any. It doubles the
 * concurrency as long as that gains more than noise, while failures and times stay within bounds, and then narrows the
 * place down by halving.
 */
public final class Knee {
    /** A throughput that is greater by less than this, or than the noise, is not greater. */
    private static final double SAME = 0.05;
    /** Noise beyond this is not believed: it would make everything the same. */
    private static final double MOST_NOISE = 0.1;
    /** So much more of the tasks may fail than do one at a time. */
    private static final double MORE_FAILURES = 0.02;
    /** Tasks may take so many times as long as one at a time. */
    private static final double SLOWEST = 20;
    /** So many doublings without gain end the climb: one alone may be bad luck. */
    private static final int IDLE_STEPS = 2;
    /** The place is narrowed down to this share of itself. */
    private static final int CLOSE = 10;

    private final int most;
    private final Measurer measurer;
    private final NavigableMap<Integer, Step> steps = new TreeMap<>();
    /** The smallest concurrency that was found to be too much; one more than the most when none was. */
    private int tooMuch;

    /** One that goes to {@code most} at most. */
    public Knee(int most, Measurer measurer) {
        this.most = most;
        this.measurer = measurer;
        this.tooMuch = most + 1;
    }

    /** Measures what is needed and chooses. Blocks for all of it. */
    public Tuning find() throws InterruptedException {
        Step alone = measure(1);
        if (alone.tasksPerSecond() == 0) {
            return new Tuning(List.of(alone), 0, "no task succeeds, even one at a time");
        }
        climb(alone);
        narrowBound();
        Step choice = narrowKnee();
        return new Tuning(List.copyOf(steps.values()), choice.concurrency(), reason(choice));
    }

    private void climb(Step alone) throws InterruptedException {
        Step best = alone;
        int idle = 0;
        int next = 2;
        while (idle < IDLE_STEPS && next <= most && next < tooMuch) {
            Step step = measure(next);
            if (isAcceptable(step)) {
                idle = gains(step, best) ? 0 : idle + 1;
                best = step.tasksPerSecond() > best.tasksPerSecond() ? step : best;
            } else {
                tooMuch = next;
            }
            next = next < most ? Math.min(2 * next, most) : most + 1;
        }
    }

    /** Where failures or times end the climb while it still gains: finds how far it may go. */
    private void narrowBound() throws InterruptedException {
        if (tooMuch > most || best().concurrency() < steps.lowerKey(tooMuch)) {
            return;
        }
        int fine = steps.lowerKey(tooMuch);
        while (isFar(fine, tooMuch)) {
            Step step = measure((fine + tooMuch) / 2);
            if (isAcceptable(step)) {
                fine = step.concurrency();
            } else {
                tooMuch = step.concurrency();
            }
        }
    }

    /** The smallest concurrency that does as much as the best. */
    private Step narrowKnee() throws InterruptedException {
        double enough = plateau() * (1 - same(best().noise()));
        Step choice = steps.headMap(tooMuch).values().stream()
                .filter(step -> step.tasksPerSecond() >= enough)
                .findFirst()
                .orElse(best());
        Integer below = steps.lowerKey(choice.concurrency());
        int tooLittle = below == null ? 0 : below;
        while (isFar(tooLittle, choice.concurrency())) {
            Step step = measure((tooLittle + choice.concurrency()) / 2);
            if (isAcceptable(step) && step.tasksPerSecond() >= enough) {
                choice = step;
            } else {
                tooLittle = step.concurrency();
            }
        }
        return choice;
    }

    /** What the best do, in the mean: the very best of them owes something to chance. */
    private double plateau() {
        Step best = best();
        double least = best.tasksPerSecond() * (1 - 2 * same(best.noise()));
        return steps.headMap(tooMuch).values().stream()
                .mapToDouble(Step::tasksPerSecond)
                .filter(rate -> rate >= least)
                .average()
                .orElse(0);
    }

    private static boolean isFar(int low, int high) {
        return high - low > Math.max(1, high / CLOSE);
    }

    private Step measure(int concurrency) throws InterruptedException {
        Step step = measurer.measure(concurrency);
        steps.put(concurrency, step);
        return step;
    }

    private Step best() {
        return steps.headMap(tooMuch).values().stream()
                .reduce((one, other) -> other.tasksPerSecond() > one.tasksPerSecond() ? other : one)
                .orElseThrow();
    }

    private boolean isAcceptable(Step step) {
        return !failsTooMuch(step) && !isTooSlow(step);
    }

    private boolean failsTooMuch(Step step) {
        return step.failed() > steps.get(1).failed() + MORE_FAILURES;
    }

    private boolean isTooSlow(Step step) {
        return step.p50Ms() > SLOWEST * Math.max(1, steps.get(1).p50Ms());
    }

    private static boolean gains(Step step, Step best) {
        return step.tasksPerSecond() > best.tasksPerSecond() * (1 + same(Math.hypot(step.noise(), best.noise())));
    }

    private static double same(double noise) {
        return Math.clamp(noise, SAME, MOST_NOISE);
    }

    private String reason(Step choice) {
        Step bound = steps.get(tooMuch);
        Step best = best();
        int chosen = choice.concurrency();
        if (bound != null && !isFar(chosen, tooMuch)) {
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
        Step more =
                best.concurrency() > chosen ? best : steps.higherEntry(chosen).getValue();
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
