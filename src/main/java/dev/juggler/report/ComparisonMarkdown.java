package dev.juggler.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Renders a comparison as a Markdown table followed by its verdict. */
public final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    /** The lines of the table and of the list below it, without line feeds. */
    public static List<String> lines(Comparison comparison) {
        List<ModelSummary> rows = comparison.summaries();
        FigureFormat figures = FigureFormat.of(rows);
        List<String> lines = new ArrayList<>();
        lines.add(line(ComparisonColumn.headers()));
        lines.add("|" + rule() + "|");
        rows.forEach(row -> lines.add(line(ComparisonColumn.cells(row, figures))));
        lines.add("");
        ComparisonVerdict.of(comparison).forEach(sentence -> lines.add("- " + sentence));
        comparison.differences().forEach(difference -> lines.add("- " + escaped(difference)));
        lines.add("- " + escaped(comparison.machine().text()));
        return List.copyOf(lines);
    }

    private static String line(List<String> cells) {
        return "| "
                + String.join(
                        " | ", cells.stream().map(ComparisonMarkdown::escaped).toList()) + " |";
    }

    /** Numbers are aligned to the right. */
    private static String rule() {
        return Arrays.stream(ComparisonColumn.values())
                .map(column -> column.isText() ? "---" : "---:")
                .collect(Collectors.joining("|"));
    }

    /** Escapes everything that could begin markup: names and keys come from users and servers. */
    private static String escaped(String text) {
        return SafeText.of(text).replaceAll("([\\\\`*_{}\\[\\]<>#|!~&])", "\\\\$1");
    }
}
