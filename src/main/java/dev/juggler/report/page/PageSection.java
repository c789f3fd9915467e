package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import dev.juggler.report.Figures;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.ModelSummary;
import dev.juggler.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the page says of one comparison. All figures are text already, so that the template formats none.
 *
 * @param heading of the section
 * @param note a line below it; empty for none
 * @param machine where
 * @param facts what was run and how, a sentence each
 * @param verdict what it shows
 * @param differences between outcomes
 * @param bars a row for each model
 * @param timelines of those models that have one
 * @param columns the head of the table
 * @param rows its cells
 * @param runs all runs of all models
 * @param memory what the peak of memory is of
 */
public record PageSection(
        String heading,
        String note,
        String machine,
        List<String> facts,
        List<String> verdict,
        List<String> differences,
        List<BarRow> bars,
        List<LanePicture> timelines,
        List<String> columns,
        List<List<String>> rows,
        List<RunRow> runs,
        String memory) {
    private static final List<String> COLUMNS = List.of(
            "model",
            "in Python",
            "workers",
            "in flight",
            "seconds",
            "least–most",
            "speed-up",
            "tasks/s",
            "start-up s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "CPU s",
            "peak MB",
            "failed");

    /** One run of one model. */
    public record RunRow(String model, String round, String seconds, String start, String cpu, String ending) {}

    static PageSection of(ComparisonPage.Part part) {
        Comparison comparison = part.comparison();
        List<ModelSummary> summaries = comparison.summaries();
        Figures figures = Figures.of(summaries);
        return new PageSection(
                part.heading(),
                part.note(),
                comparison.machine().text(),
                facts(comparison),
                Verdict.of(comparison),
                comparison.differences(),
                BarRow.of(summaries, figures),
                comparison.models().stream()
                        .filter(model -> model.timeline() != null)
                        .map(LanePicture::of)
                        .toList(),
                COLUMNS,
                summaries.stream().map(row -> cells(row, figures)).toList(),
                runs(comparison, figures),
                comparison.memory());
    }

    private static List<String> facts(Comparison comparison) {
        return List.of(
                String.format(Locale.ROOT, "%,d tasks", comparison.tasks()),
                comparison.rounds() + (comparison.rounds() == 1 ? " run of each" : " runs of each, in turn"),
                comparison.warmups() + " to warm up",
                comparison.isolated() ? "a JVM of its own for each" : "one JVM for all",
                comparison.started());
    }

    private static List<String> cells(ModelSummary row, Figures figures) {
        return List.of(
                row.model(),
                row.python(),
                Integer.toString(row.workers()),
                Integer.toString(row.inFlight()),
                figures.seconds(row.seconds().median()),
                figures.range(row),
                figures.speedUp(row),
                figures.rate(row),
                Figures.fixed(row.startSeconds(), 3),
                Figures.millis(row.p50()),
                Figures.millis(row.p95()),
                Figures.millis(row.p99()),
                figures.seconds(row.cpuSeconds()),
                Figures.megabytes(row),
                Long.toString(row.failed()));
    }

    private static List<RunRow> runs(Comparison comparison, Figures figures) {
        List<RunRow> rows = new ArrayList<>();
        for (ModelRuns model : comparison.models()) {
            int round = 0;
            for (MeasuredRun run : model.runs()) {
                rows.add(new RunRow(
                        model.label(),
                        Integer.toString(++round),
                        figures.seconds(run.seconds()),
                        Figures.fixed(run.startSeconds(), 3),
                        figures.seconds(run.cpuSeconds()),
                        run.ending().name().toLowerCase(Locale.ROOT)));
            }
        }
        return rows;
    }
}
