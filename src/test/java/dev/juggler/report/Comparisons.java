package dev.juggler.report;

import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import java.util.Arrays;
import java.util.List;

/** Builds comparisons for tests. */
public final class Comparisons {
    private static final String DIGEST = "0".repeat(32);

    private Comparisons() {}

    public static Comparison of(ModelRuns... models) {
        return onMachine("vm", models);
    }

    public static Comparison onMachine(String machine, ModelRuns... models) {
        return new Comparison(
                Comparison.SCHEMA,
                new ComparedJob("fetch http://h/{1..90}", "fetch", "sha256:1"),
                new MachineInfo(machine, "Linux", 2, "25"),
                new MeasurementSetup("2026-11-21T20:00:00Z", 1, false, "heap in use"),
                List.of(models),
                List.of());
    }

    /** The runs of a model, one for each wall time in seconds. */
    public static ModelRuns model(String name, int inFlight, double... seconds) {
        List<MeasuredRun> runs =
                Arrays.stream(seconds).mapToObj(each -> run(each, 0)).toList();
        return new ModelRuns(name, "a plain loop", name.equals("async") ? 1 : inFlight, inFlight, runs, null);
    }

    public static MeasuredRun run(double seconds, long failed) {
        return new MeasuredRun(
                new MeasuredRun.Cost(seconds, 0.01, seconds / 2, 50_000_000),
                EndReason.COMPLETED,
                new TaskCounts(90, 90 - failed, failed, 0, 0, 0, 90),
                new Percentiles(10, 9, 20, 30, 40),
                new MeasuredRun.Digests(DIGEST, DIGEST));
    }
}
