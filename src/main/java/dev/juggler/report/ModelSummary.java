package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A model's row in the table of a comparison: medians over its runs unless noted otherwise. In JSON, all parts add
 * their fields to this record's.
 *
 * @param identity the model and its size
 * @param speed wall times and what follows from them
 * @param taskMs durations of the tasks
 * @param resources CPU time and memory
 * @param failed unsuccessful tasks; the maximum over all runs
 */
public record ModelSummary(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Speed speed,
        @JsonUnwrapped TaskMillis taskMs,
        @JsonUnwrapped Resources resources,
        long failed) {
    /**
     * A model and its size.
     *
     * @param model the name of the model
     * @param label the model and its concurrency, such as {@code threads 6}
     * @param python the Python construct that corresponds to it
     * @param workers verticles or processes
     * @param inFlight tasks in flight over all workers
     */
    public record Identity(String model, String label, String python, int workers, int inFlight) {}

    /**
     * Wall times and what follows from them.
     *
     * @param seconds wall times without start-up
     * @param startSeconds wall time until the first worker was ready
     * @param speedUp how many times as fast as the baseline; 1 for the baseline
     * @param tasksPerSecond successful tasks per second
     */
    public record Speed(SampleRange seconds, double startSeconds, double speedUp, double tasksPerSecond) {}

    /** Percentiles of the tasks' durations, in milliseconds. */
    public record TaskMillis(double p50, double p95, double p99) {}

    /**
     * CPU time and memory of a run.
     *
     * @param cpuSeconds CPU time
     * @param peakBytes peak memory; the maximum over all runs
     */
    public record Resources(double cpuSeconds, long peakBytes) {}

    static ModelSummary of(ModelRuns model, ModelRuns baseline) {
        List<MeasuredRun> runs = model.runs();
        SampleRange seconds = range(runs, run -> run.cost().seconds());
        return new ModelSummary(
                new Identity(model.model(), model.label(), model.python(), model.workers(), model.inFlight()),
                new Speed(
                        seconds,
                        median(runs, run -> run.cost().startSeconds()),
                        SampleRange.median(baseline.seconds()) / seconds.median(),
                        median(
                                runs,
                                run -> run.counts().succeeded() / run.cost().seconds())),
                new TaskMillis(
                        median(runs, run -> run.runMs().p50()),
                        median(runs, run -> run.runMs().p95()),
                        median(runs, run -> run.runMs().p99())),
                new Resources(
                        median(runs, run -> run.cost().cpuSeconds()),
                        runs.stream()
                                .mapToLong(run -> run.cost().peakBytes())
                                .max()
                                .orElse(0)),
                runs.stream()
                        .mapToLong(run -> run.counts().unsuccessful())
                        .max()
                        .orElse(0));
    }

    private static double median(List<MeasuredRun> runs, ToDoubleFunction<MeasuredRun> value) {
        return range(runs, value).median();
    }

    private static SampleRange range(List<MeasuredRun> runs, ToDoubleFunction<MeasuredRun> value) {
        return SampleRange.of(runs.stream().mapToDouble(value).boxed().toList());
    }

    /** The median wall time without start-up, in seconds. */
    public double medianSeconds() {
        return speed.seconds.median();
    }
}
