package dev.juggler.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A model's row in the table of a comparison: medians over its runs where nothing else is said.
 *
 * @param model the name of the model
 * @param label the model and how many at a time
 * @param python what a Python programmer calls it
 * @param workers verticles or processes
 * @param inFlight tasks at a time
 * @param seconds wall times without start-up
 * @param startSeconds wall time until the first worker was ready
 * @param speedUp how many times as fast as the baseline; 1 for itself
 * @param tasksPerSecond tasks that succeeded, a second
 * @param p50 the median of the tasks' durations, in milliseconds
 * @param p95 their 95th percentile
 * @param p99 their 99th percentile
 * @param cpuSeconds CPU time
 * @param peakBytes memory, the most over all runs
 * @param failed tasks without success, the most of a run
 */
public record ModelSummary(
        String model,
        String label,
        String python,
        int workers,
        int inFlight,
        SampleRange seconds,
        double startSeconds,
        double speedUp,
        double tasksPerSecond,
        double p50,
        double p95,
        double p99,
        double cpuSeconds,
        long peakBytes,
        long failed) {

    static ModelSummary of(ModelRuns model, ModelRuns baseline) {
        List<MeasuredRun> runs = model.runs();
        SampleRange seconds = spread(runs, MeasuredRun::seconds);
        return new ModelSummary(
                model.model(),
                model.label(),
                model.python(),
                model.workers(),
                model.inFlight(),
                seconds,
                median(runs, MeasuredRun::startSeconds),
                spread(baseline.runs(), MeasuredRun::seconds).median() / seconds.median(),
                median(runs, run -> run.counts().succeeded() / run.seconds()),
                median(runs, run -> run.runMs().p50()),
                median(runs, run -> run.runMs().p95()),
                median(runs, run -> run.runMs().p99()),
                median(runs, MeasuredRun::cpuSeconds),
                runs.stream().mapToLong(MeasuredRun::peakBytes).max().orElse(0),
                runs.stream()
                        .mapToLong(run -> run.counts().unsuccessful())
                        .max()
                        .orElse(0));
    }

    private static double median(List<MeasuredRun> runs, ToDoubleFunction<MeasuredRun> value) {
        return spread(runs, value).median();
    }

    private static SampleRange spread(List<MeasuredRun> runs, ToDoubleFunction<MeasuredRun> value) {
        return SampleRange.of(runs.stream().mapToDouble(value).boxed().toList());
    }
}
