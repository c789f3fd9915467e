package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import dev.juggler.report.ComparisonColumn;
import dev.juggler.report.ComparisonVerdict;
import dev.juggler.report.FigureFormat;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.ModelSummary;
import dev.juggler.report.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A section of the page, for one comparison. All figures are text, so that the template formats none.
 *
 * @param heading the heading
 * @param note a line below the heading; empty for none
 * @param findings the verdict and differing outcomes
 * @param conditions how it was measured
 * @param bars a bar for each model
 * @param timelines the models' timelines; without those that have none
 * @param tables all figures
 */
public record PageSection(
        String heading,
        String note,
        Findings findings,
        Conditions conditions,
        List<BarRow> bars,
        List<TimelineDrawing> timelines,
        Tables tables) {
    /**
     * The result of a comparison, in sentences.
     *
     * @param verdict the differences in speed, the most important first
     * @param differences differing inputs or outcomes; empty for none
     */
    public record Findings(List<String> verdict, List<String> differences) {}

    /**
     * The conditions under which a comparison was measured.
     *
     * @param facts the number of tasks, runs and the like
     * @param machine the machine
     * @param memory what peak memory covers
     */
    public record Conditions(List<String> facts, String machine, String memory) {}

    /**
     * The figures of a comparison.
     *
     * @param columns the headings of the table
     * @param rows its cells, a row for each model
     * @param runs all runs of all models
     */
    public record Tables(List<String> columns, List<List<String>> rows, List<RunRow> runs) {}

    /** One run of one model. */
    public record RunRow(String model, String round, String seconds, String start, String cpu, String ending) {}

    static PageSection of(ComparisonPage.Part part) {
        Comparison comparison = part.comparison();
        List<ModelSummary> summaries = comparison.summaries();
        FigureFormat figures = FigureFormat.of(summaries);
        return new PageSection(
                part.heading(),
                part.note(),
                new Findings(ComparisonVerdict.of(comparison), comparison.differences()),
                new Conditions(
                        facts(comparison),
                        comparison.machine().text(),
                        comparison.setup().memory()),
                BarRow.of(summaries, figures),
                timelines(comparison),
                tables(comparison, summaries, figures));
    }

    private static List<TimelineDrawing> timelines(Comparison comparison) {
        List<TimelineDrawing> drawings = new ArrayList<>();
        for (ModelRuns model : comparison.models()) {
            Timeline timeline = model.timeline();
            if (timeline != null) {
                drawings.add(TimelineDrawing.of(model, timeline));
            }
        }
        return drawings;
    }

    private static Tables tables(Comparison comparison, List<ModelSummary> summaries, FigureFormat figures) {
        return new Tables(
                ComparisonColumn.headers(),
                summaries.stream()
                        .map(row -> ComparisonColumn.cells(row, figures))
                        .toList(),
                runs(comparison, figures));
    }

    private static List<String> facts(Comparison comparison) {
        return List.of(
                String.format(Locale.ROOT, "%,d tasks", comparison.tasks()),
                comparison.rounds()
                        + (comparison.rounds() == 1 ? " run of each model" : " runs of each model, in turn"),
                warmups(comparison.setup().warmups()),
                comparison.setup().isolated() ? "a separate JVM for each model" : "one JVM for all models",
                comparison.setup().started());
    }

    private static String warmups(int count) {
        return count + (count == 1 ? " warm-up round" : " warm-up rounds");
    }

    private static List<RunRow> runs(Comparison comparison, FigureFormat figures) {
        List<RunRow> rows = new ArrayList<>();
        for (ModelRuns model : comparison.models()) {
            int round = 0;
            for (MeasuredRun run : model.runs()) {
                rows.add(new RunRow(
                        model.label(),
                        Integer.toString(++round),
                        figures.seconds(run.cost().seconds()),
                        FigureFormat.fixed(run.cost().startSeconds(), 3),
                        figures.seconds(run.cost().cpuSeconds()),
                        run.ending().name().toLowerCase(Locale.ROOT)));
            }
        }
        return rows;
    }
}
