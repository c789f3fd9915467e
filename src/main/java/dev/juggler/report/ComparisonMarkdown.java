package dev.juggler.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as a table of Markdown, with what it means below it. */
public final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    /** The lines of it. */
    public static List<String> lines(Comparison comparison) {
        List<ModelSummary> rows = comparison.summaries();
        FigureFormat figures = FigureFormat.of(rows);
        List<String> lines = new ArrayList<>();
        lines.add(line(ComparisonColumn.heads()));
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

    /** Figures stand on the right. */
    private static String rule() {
        return Arrays.stream(ComparisonColumn.values())
                .map(column -> column.holdsWords() ? "---" : "---:")
                .collect(Collectors.joining("|"));
    }

    /** Text that begins no markup: a key may be somebody else's. */
    private static String escaped(String text) {
        return SafeText.of(text).replaceAll("([\\\\`*_{}\\[\\]<>#|!~&])", "\\\\$1");
    }
}
