package dev.juggler.report;

import java.util.ArrayList;
import java.util.List;

/** A comparison as a table of Markdown, with what it means below it. */
public final class ComparisonMarkdown {
    private static final String HEAD =
            "| model | in Python | workers | in flight | seconds | least–most | speed-up | tasks/s"
                    + " | start-up s | p50 ms | p95 ms | p99 ms | CPU s | peak MB | failed |";

    private ComparisonMarkdown() {}

    /** The lines of it. */
    public static List<String> lines(Comparison comparison) {
        List<ModelSummary> rows = comparison.summaries();
        Figures figures = Figures.of(rows);
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.add("|---|---|" + "---:|".repeat(13));
        rows.forEach(row -> lines.add("| " + String.join(" | ", cells(row, figures)) + " |"));
        lines.add("");
        Verdict.of(comparison).forEach(sentence -> lines.add("- " + sentence));
        comparison.differences().forEach(difference -> lines.add("- " + escaped(difference)));
        lines.add("- " + escaped(comparison.machine().text()));
        return List.copyOf(lines);
    }

    private static List<String> cells(ModelSummary row, Figures figures) {
        return List.of(
                escaped(row.model()),
                escaped(row.python()),
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

    /** Text that begins no markup: a key may be somebody else's. */
    private static String escaped(String text) {
        return SafeText.of(text).replaceAll("([\\\\`*_{}\\[\\]<>#|!~&])", "\\\\$1");
    }
}
