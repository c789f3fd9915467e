package dev.juggler.report;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The columns of a comparison's table, in order, for every output format. */
public enum ComparisonColumn {
    MODEL("model", row -> row.identity().model()),
    PYTHON("in Python", row -> row.identity().python()),
    WORKERS("workers", row -> Integer.toString(row.identity().workers())),
    IN_FLIGHT("in flight", row -> Integer.toString(row.identity().inFlight())),
    SECONDS("seconds", (row, figures) -> figures.seconds(row.medianSeconds())),
    RANGE("min–max", (row, figures) -> figures.range(row)),
    SPEED_UP("speed-up", (row, figures) -> figures.speedUp(row)),
    RATE("tasks/s", (row, figures) -> figures.rate(row)),
    START("start-up s", row -> FigureFormat.fixed(row.speed().startSeconds(), 3)),
    P50("p50 ms", row -> FigureFormat.millis(row.taskMs().p50())),
    P95("p95 ms", row -> FigureFormat.millis(row.taskMs().p95())),
    P99("p99 ms", row -> FigureFormat.millis(row.taskMs().p99())),
    CPU("CPU s", (row, figures) -> figures.seconds(row.resources().cpuSeconds())),
    MEMORY("peak MB", FigureFormat::megabytes),
    FAILED("failed", row -> Long.toString(row.failed()));

    /** Columns of text; all others hold numbers. */
    private static final Set<ComparisonColumn> TEXT = EnumSet.of(MODEL, PYTHON);

    private final String header;
    private final BiFunction<ModelSummary, FigureFormat, String> cell;

    ComparisonColumn(String header, Function<ModelSummary, String> cell) {
        this(header, (row, figures) -> cell.apply(row));
    }

    ComparisonColumn(String header, BiFunction<ModelSummary, FigureFormat, String> cell) {
        this.header = header;
        this.cell = cell;
    }

    /** The column's heading. */
    public String header() {
        return header;
    }

    /** The text of this column's cell in a row. */
    String cell(ModelSummary row, FigureFormat figures) {
        return cell.apply(row, figures);
    }

    /** Returns true if the column holds text rather than numbers. */
    boolean isText() {
        return TEXT.contains(this);
    }

    /** The headings of all columns. */
    public static List<String> headers() {
        return Arrays.stream(values()).map(ComparisonColumn::header).toList();
    }

    /** The cells of a row, in the order of the columns. */
    public static List<String> cells(ModelSummary row, FigureFormat figures) {
        return Arrays.stream(values()).map(column -> column.cell(row, figures)).toList();
    }
}
