package dev.juggler.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.report.TableStyle;
import dev.juggler.report.page.ChartFormat;
import dev.juggler.tune.TuningChart;
import dev.juggler.tune.TuningResult;
import dev.juggler.tune.TuningStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Renders the result of tuning as a table with a sentence, as JSON, or as a chart. */
final class TuningOutput {
    private static final int SCHEMA = 1;
    private static final String HEADER = "     n    tasks/s  noise     p50 ms     p95 ms  failed";

    private TuningOutput() {}

    /** The JSON document of a result. */
    private record Report(int schema, String work, String model, List<TuningStep> steps, int choice, String reason) {}

    static String json(String command, ConcurrencyModel model, TuningResult tuning) throws JsonProcessingException {
        Report report = new Report(SCHEMA, command, model.id(), tuning.steps(), tuning.choice(), tuning.reason());
        return new ObjectMapper().writeValueAsString(report);
    }

    /** A table with a row and a throughput bar for each concurrency; an asterisk marks the choice. */
    static String table(TuningResult tuning, TableStyle style) {
        double best = tuning.steps().stream()
                .mapToDouble(TuningStep::tasksPerSecond)
                .max()
                .orElse(1);
        StringBuilder table = new StringBuilder(HEADER).append('\n');
        for (TuningStep step : tuning.steps()) {
            String mark = step.concurrency() == tuning.choice() ? " *" : "  ";
            String row = String.format(
                    Locale.ROOT,
                    "%6d %10.1f %7s %10.2f %10.2f %5.0f %%%s",
                    step.concurrency(),
                    step.tasksPerSecond(),
                    noise(step),
                    step.p50Ms(),
                    step.p95Ms(),
                    100 * step.failed(),
                    mark);
            String bar =
                    "█".repeat((int) Math.round((style.width() - row.length() - 1) * step.tasksPerSecond() / best));
            table.append((row + " " + bar).stripTrailing()).append('\n');
        }
        return table.toString();
    }

    /** The noise in percent; a dash if a single run tells nothing about it. */
    private static String noise(TuningStep step) {
        return step.noise() == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * step.noise());
    }

    static String sentence(ConcurrencyModel model, TuningResult tuning) {
        return tuning.choice() == 0
                ? "No choice: " + tuning.reason() + "."
                : "Choice: -m " + model.id() + " -n " + tuning.choice() + ": " + tuning.reason() + ".";
    }

    /** Draws a chart in the format of the file's extension. */
    static byte[] chart(String command, ConcurrencyModel model, TuningResult tuning, Path file) {
        try {
            return TuningChart.of(
                    command + " -m " + model.id(),
                    tuning,
                    ChartFormat.of(file.toString()).orElseThrow());
        } catch (IOException e) {
            throw CommandFailure.output("cannot draw " + file + ": " + e.getMessage(), e);
        }
    }
}
