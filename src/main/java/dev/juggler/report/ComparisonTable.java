package dev.juggler.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A comparison on a terminal: how fast with bars, then at what cost, then what that means. */
public final class ComparisonTable {
    private static final int LONGEST_CELL = 24;
    private static final int SHORTEST_BAR = 8;
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private final Comparison comparison;
    private final List<ModelSummary> rows;
    private final TableStyle style;

    private ComparisonTable(Comparison comparison, TableStyle style) {
        this.comparison = comparison;
        this.rows = comparison.summaries();
        this.style = style;
    }

    /** The lines of it, none with spaces at its end. */
    public static List<String> lines(Comparison comparison, TableStyle style) {
        return new ComparisonTable(comparison, style).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(withBars(grid(speed())));
        lines.add("");
        lines.addAll(grid(cost()));
        lines.add("");
        lines.addAll(Verdict.of(comparison));
        lines.addAll(comparison.differences());
        return lines.stream().map(String::stripTrailing).toList();
    }

    private List<ColumnData<ModelSummary>> speed() {
        Figures figures = Figures.of(rows);
        List<ColumnData<ModelSummary>> columns = new ArrayList<>();
        columns.add(words("model", ModelSummary::model));
        columns.add(number("workers", row -> Integer.toString(row.workers())));
        columns.add(number("in flight", row -> Integer.toString(row.inFlight())));
        columns.add(number("seconds", row -> figures.seconds(row.seconds().median())));
        columns.add(number(dashed("least–most"), row -> dashed(figures.range(row))));
        columns.add(number("speed-up", figures::speedUp));
        columns.add(number("tasks/s", figures::rate));
        return columns;
    }

    private List<ColumnData<ModelSummary>> cost() {
        Figures figures = Figures.of(rows);
        List<ColumnData<ModelSummary>> columns = new ArrayList<>();
        columns.add(words("model", ModelSummary::model));
        columns.add(words("in Python", ModelSummary::python));
        columns.add(number("start-up s", row -> Figures.fixed(row.startSeconds(), 3)));
        columns.add(number("p50 ms", row -> Figures.millis(row.p50())));
        columns.add(number("p95 ms", row -> Figures.millis(row.p95())));
        columns.add(number("p99 ms", row -> Figures.millis(row.p99())));
        columns.add(number("CPU s", row -> figures.seconds(row.cpuSeconds())));
        columns.add(number("peak MB", Figures::megabytes));
        columns.add(number("failed", row -> Long.toString(row.failed())));
        return columns;
    }

    private String dashed(String text) {
        return style.unicode() ? text : text.replace('–', '-');
    }

    private List<String> withBars(List<String> grid) {
        double longest =
                rows.stream().mapToDouble(row -> row.seconds().median()).max().orElse(0);
        int room = style.width() - grid.getFirst().length() - 1;
        List<String> lines = new ArrayList<>();
        lines.add(grid.getFirst());
        for (int i = 0; i < rows.size(); i++) {
            double share = longest == 0 ? 0 : rows.get(i).seconds().median() / longest;
            String bar = room < SHORTEST_BAR ? "" : " " + Bar.of(share, room, style.unicode());
            lines.add(colored((grid.get(i + 1) + bar).stripTrailing(), rows.get(i)));
        }
        return lines;
    }

    private String colored(String line, ModelSummary row) {
        if (!style.color()) {
            return line;
        }
        if (row.failed() > 0) {
            return RED + line + RESET;
        }
        ModelSummary fastest = rows.stream()
                .filter(each -> each.failed() == 0)
                .min(Comparator.comparingDouble(each -> each.seconds().median()))
                .orElseThrow();
        return row.equals(fastest) ? GREEN + line + RESET : line;
    }

    private List<String> grid(List<ColumnData<ModelSummary>> columns) {
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .lineSeparator("\n")
                .data(rows, columns)
                .asString()
                .lines()
                .toList();
    }

    private static ColumnData<ModelSummary> words(String header, Function<ModelSummary, String> cell) {
        return column(header, HorizontalAlign.LEFT).with(row -> SafeText.of(cell.apply(row)));
    }

    private static ColumnData<ModelSummary> number(String header, Function<ModelSummary, String> cell) {
        return column(header, HorizontalAlign.RIGHT).with(cell);
    }

    private static Column column(String header, HorizontalAlign align) {
        return new Column()
                .header(header)
                .headerAlign(align)
                .dataAlign(align)
                .maxWidth(LONGEST_CELL, OverflowBehaviour.CLIP_RIGHT);
    }
}
