package dev.juggler.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The measurements of each concurrency, one or several. */
final class ThroughputCurve {
    private final NavigableMap<Integer, List<TuningStep>> runs = new TreeMap<>();

    void add(TuningStep run) {
        runs.computeIfAbsent(run.concurrency(), any -> new ArrayList<>()).add(run);
    }

    /** The summary of a concurrency's runs: the throughput of their better half, and the noise of all. */
    TuningStep at(int concurrency) {
        List<TuningStep> all = runs.getOrDefault(concurrency, List.of());
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

    /** The mean of the better half of some rates: other programs can only slow a run down. */
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

    /** The number of measurements of a concurrency. */
    int runs(int concurrency) {
        return runs.getOrDefault(concurrency, List.of()).size();
    }

    /** The summaries of all concurrencies, in ascending order. */
    List<TuningStep> steps() {
        return below(Integer.MAX_VALUE);
    }

    /** The summaries of all lower concurrencies, in ascending order. */
    List<TuningStep> below(int concurrency) {
        return runs.headMap(concurrency).keySet().stream().map(this::at).toList();
    }

    /** The next lower concurrency that was measured; 0 if there is none. */
    int before(int concurrency) {
        Integer lower = runs.lowerKey(concurrency);
        return lower == null ? 0 : lower;
    }

    /** The next higher concurrency that was measured; 0 if there is none. */
    int after(int concurrency) {
        Integer higher = runs.higherKey(concurrency);
        return higher == null ? 0 : higher;
    }
}
