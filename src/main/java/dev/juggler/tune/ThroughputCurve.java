package dev.juggler.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured with each concurrency, once or several times. */
final class ThroughputCurve {
    private final NavigableMap<Integer, List<TuningStep>> runs = new TreeMap<>();

    void add(TuningStep run) {
        runs.computeIfAbsent(run.concurrency(), any -> new ArrayList<>()).add(run);
    }

    /** What the runs with this concurrency come to: the throughput of their better half, and the noise of all of them. */
    TuningStep at(int concurrency) {
        List<TuningStep> all = runs.get(concurrency);
        List<Double> rates = all.stream().map(TuningStep::tasksPerSecond).toList();
        double rate = betterHalf(rates);
        double range = Collections.max(rates) - Collections.min(rates);
        return new TuningStep(
                concurrency,
                rate,
                rate == 0 ? 0 : range / 2 / rate,
                median(all, TuningStep::p50Ms),
                median(all, TuningStep::p95Ms),
                all.stream().mapToDouble(TuningStep::failed).max().orElse(0));
    }

    /** The mean of the better half of these rates: other programs only ever slow a run down. */
    static double betterHalf(List<Double> rates) {
        return rates.stream()
                .sorted(Comparator.reverseOrder())
                .limit((rates.size() + 1) / 2)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    private static double median(List<TuningStep> steps, ToDoubleFunction<TuningStep> value) {
        return steps.stream()
                .mapToDouble(value)
                .sorted()
                .skip(steps.size() / 2)
                .findFirst()
                .orElse(0);
    }

    /** How often this concurrency was measured. */
    int runs(int concurrency) {
        return runs.getOrDefault(concurrency, List.of()).size();
    }

    /** All of them, by rising concurrency. */
    List<TuningStep> steps() {
        return below(Integer.MAX_VALUE);
    }

    /** Those with less concurrency than this. */
    List<TuningStep> below(int concurrency) {
        return runs.headMap(concurrency).keySet().stream().map(this::at).toList();
    }

    /** The next smaller concurrency that was measured; 0 when there is none. */
    int before(int concurrency) {
        Integer lower = runs.lowerKey(concurrency);
        return lower == null ? 0 : lower;
    }

    /** The next larger concurrency that was measured; 0 when there is none. */
    int after(int concurrency) {
        Integer higher = runs.higherKey(concurrency);
        return higher == null ? 0 : higher;
    }
}
