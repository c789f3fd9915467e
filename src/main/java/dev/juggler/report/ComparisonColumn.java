package dev.juggler.report;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A column of a comparison's table, in the order in which they stand: the same in every form. */
public enum ComparisonColumn {
    MODEL("model", ModelSummary::model),
    PYTHON("in Python", ModelSummary::python),
    WORKERS("workers", row -> Integer.toString(row.workers())),
    IN_FLIGHT("in flight", row -> Integer.toString(row.inFlight())),
    SECONDS("seconds", (row, figures) -> figures.seconds(row.seconds().median())),
    RANGE("least–most", (row, figures) -> figures.range(row)),
    SPEED_UP("speed-up", (row, figures) -> figures.speedUp(row)),
    RATE("tasks/s", (row, figures) -> figures.rate(row)),
    START("start-up s", row -> FigureFormat.fixed(row.startSeconds(), 3)),
    P50("p50 ms", row -> FigureFormat.millis(row.p50())),
    P95("p95 ms", row -> FigureFormat.millis(row.p95())),
    P99("p99 ms", row -> FigureFormat.millis(row.p99())),
    CPU("CPU s", (row, figures) -> figures.seconds(row.cpuSeconds())),
    MEMORY("peak MB", FigureFormat::megabytes),
    FAILED("failed", row -> Long.toString(row.failed()));

    /** Those that hold words; the others hold figures. */
    private static final Set<ComparisonColumn> WORDS = EnumSet.of(MODEL, PYTHON);

    private final String head;
    private final BiFunction<ModelSummary, FigureFormat, String> cell;

    ComparisonColumn(String head, Function<ModelSummary, String> cell) {
        this(head, (row, figures) -> cell.apply(row));
    }

    ComparisonColumn(String head, BiFunction<ModelSummary, FigureFormat, String> cell) {
        this.head = head;
        this.cell = cell;
    }

    /** What stands above it. */
    public String head() {
        return head;
    }

    /** What it holds in this row. */
    String cell(ModelSummary row, FigureFormat figures) {
        return cell.apply(row, figures);
    }

    /** Whether it holds words rather than figures. */
    boolean holdsWords() {
        return WORDS.contains(this);
    }

    /** The heads of all columns. */
    public static List<String> heads() {
        return Arrays.stream(values()).map(ComparisonColumn::head).toList();
    }

    /** A row of the table. */
    public static List<String> cells(ModelSummary row, FigureFormat figures) {
        return Arrays.stream(values()).map(column -> column.cell(row, figures)).toList();
    }
}
