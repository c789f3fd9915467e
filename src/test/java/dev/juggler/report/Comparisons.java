package dev.juggler.report;

import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import java.util.Arrays;
import java.util.List;

/** Comparisons for tests, of runs that took what is said. */
public final class Comparisons {
    private static final String DIGEST = "0".repeat(32);

    private Comparisons() {}

    public static Comparison of(ModelRuns... models) {
        return named("vm", models);
    }

    public static Comparison named(String machine, ModelRuns... models) {
        return new Comparison(
                Comparison.SCHEMA,
                "fetch http://h/{1..90}",
                "fetch",
                "sha256:1",
                new MachineInfo(machine, "Linux", 2, "25"),
                "2026-11-21T20:00:00Z",
                1,
                false,
                "heap in use",
                List.of(models),
                List.of());
    }

    public static ModelRuns model(String name, int inFlight, double... seconds) {
        List<MeasuredRun> runs =
                Arrays.stream(seconds).mapToObj(each -> run(each, 0)).toList();
        return new ModelRuns(name, "a plain loop", name.equals("async") ? 1 : inFlight, inFlight, runs, null);
    }

    public static MeasuredRun run(double seconds, long failed) {
        return new MeasuredRun(
                seconds,
                0.01,
                seconds / 2,
                50_000_000,
                EndReason.COMPLETED,
                new TaskCounts(90, 90 - failed, failed, 0, 0, 0, 90),
                new Percentiles(10, 9, 20, 30, 40),
                DIGEST,
                DIGEST);
    }
}
