package dev.juggler.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Renders a comparison for a terminal: speed with bars, then cost, then the verdict. */
public final class ComparisonTable {
    private static final int MAX_CELL_WIDTH = 24;
    private static final int MIN_BAR_WIDTH = 8;
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private static final Set<ComparisonColumn> SPEED = EnumSet.of(
            ComparisonColumn.MODEL,
            ComparisonColumn.WORKERS,
            ComparisonColumn.IN_FLIGHT,
            ComparisonColumn.SECONDS,
            ComparisonColumn.RANGE,
            ComparisonColumn.SPEED_UP,
            ComparisonColumn.RATE);
    private static final Set<ComparisonColumn> COST = costColumns();

    private final Comparison comparison;
    private final List<ModelSummary> rows;
    private final TableStyle style;

    private ComparisonTable(Comparison comparison, TableStyle style) {
        this.comparison = comparison;
        this.rows = comparison.summaries();
        this.style = style;
    }

    /** The columns that are not about speed, after the model's name. */
    private static Set<ComparisonColumn> costColumns() {
        Set<ComparisonColumn> columns = EnumSet.complementOf(EnumSet.copyOf(SPEED));
        columns.add(ComparisonColumn.MODEL);
        return columns;
    }

    /** The lines of the output, without line feeds or trailing spaces. */
    public static List<String> lines(Comparison comparison, TableStyle style) {
        return new ComparisonTable(comparison, style).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(withBars(grid(columns(SPEED))));
        lines.add("");
        lines.addAll(grid(columns(COST)));
        lines.add("");
        lines.addAll(ComparisonVerdict.of(comparison));
        lines.addAll(comparison.differences());
        return lines.stream().map(String::stripTrailing).toList();
    }

    /** The given columns, as the table library expects them. */
    private List<ColumnData<ModelSummary>> columns(Set<ComparisonColumn> which) {
        FigureFormat figures = FigureFormat.of(rows);
        return which.stream()
                .map(each -> column(each).<ModelSummary>with(row -> asciiDashes(SafeText.of(each.cell(row, figures)))))
                .toList();
    }

    private String asciiDashes(String text) {
        return style.unicode() ? text : text.replace('–', '-');
    }

    private List<String> withBars(List<String> grid) {
        double longest =
                rows.stream().mapToDouble(ModelSummary::medianSeconds).max().orElse(0);
        int barWidth = style.width() - grid.getFirst().length() - 1;
        List<String> lines = new ArrayList<>();
        lines.add(grid.getFirst());
        for (int i = 0; i < rows.size(); i++) {
            double share = longest == 0 ? 0 : rows.get(i).medianSeconds() / longest;
            String bar = barWidth < MIN_BAR_WIDTH ? "" : " " + TextBar.of(share, barWidth, style.unicode());
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
                .min(Comparator.comparingDouble(ModelSummary::medianSeconds))
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

    private Column column(ComparisonColumn column) {
        HorizontalAlign align = column.isText() ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
        return new Column()
                .header(asciiDashes(column.header()))
                .headerAlign(align)
                .dataAlign(align)
                .maxWidth(MAX_CELL_WIDTH, OverflowBehaviour.CLIP_RIGHT);
    }
}
