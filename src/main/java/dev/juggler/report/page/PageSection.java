package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import dev.juggler.report.ComparisonColumn;
import dev.juggler.report.ComparisonVerdict;
import dev.juggler.report.FigureFormat;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.ModelSummary;
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
        List<TimelineDrawing> timelines,
        List<String> columns,
        List<List<String>> rows,
        List<RunRow> runs,
        String memory) {
    /** One run of one model. */
    public record RunRow(String model, String round, String seconds, String start, String cpu, String ending) {}

    static PageSection of(ComparisonPage.Part part) {
        Comparison comparison = part.comparison();
        List<ModelSummary> summaries = comparison.summaries();
        FigureFormat figures = FigureFormat.of(summaries);
        return new PageSection(
                part.heading(),
                part.note(),
                comparison.machine().text(),
                facts(comparison),
                ComparisonVerdict.of(comparison),
                comparison.differences(),
                BarRow.of(summaries, figures),
                comparison.models().stream()
                        .filter(model -> model.timeline() != null)
                        .map(TimelineDrawing::of)
                        .toList(),
                ComparisonColumn.heads(),
                summaries.stream()
                        .map(row -> ComparisonColumn.cells(row, figures))
                        .toList(),
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

    private static List<RunRow> runs(Comparison comparison, FigureFormat figures) {
        List<RunRow> rows = new ArrayList<>();
        for (ModelRuns model : comparison.models()) {
            int round = 0;
            for (MeasuredRun run : model.runs()) {
                rows.add(new RunRow(
                        model.label(),
                        Integer.toString(++round),
                        figures.seconds(run.seconds()),
                        FigureFormat.fixed(run.startSeconds(), 3),
                        figures.seconds(run.cpuSeconds()),
                        run.ending().name().toLowerCase(Locale.ROOT)));
            }
        }
        return rows;
    }
}
