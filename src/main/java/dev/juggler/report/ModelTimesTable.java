package dev.juggler.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A table of one job's times under several concurrency models, with a row and a bar for each model. Callers may append
 * columns of their own.
 */
public final class ModelTimesTable {
    /** The model that speed-ups refer to; without it, the first row takes its place. */
    private static final String BASELINE = "sequential";

    private static final int MAX_NAME_WIDTH = 16;
    private static final int MAX_CELL_WIDTH = 24;

    private static final Column MODEL = new Column()
            .header("model")
            .headerAlign(HorizontalAlign.LEFT)
            .dataAlign(HorizontalAlign.LEFT)
            .maxWidth(MAX_NAME_WIDTH, OverflowBehaviour.CLIP_RIGHT);

    /** Model, concurrency, seconds and failures are always shown. */
    private static final int MIN_COLUMNS = 4;

    private static final int MIN_BAR_WIDTH = 8;
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private final List<ModelTime> times;
    private final List<ColumnData<ModelTime>> columns;

    private ModelTimesTable(List<ModelTime> times, List<ColumnData<ModelTime>> columns) {
        this.times = List.copyOf(times);
        this.columns = List.copyOf(columns);
    }

    /**
     * Creates a table with a row for each time, in the given order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static ModelTimesTable of(List<ModelTime> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("a table of times needs at least one row");
        }
        ModelTime baseline = baseline(times);
        String seconds = times.stream().anyMatch(time -> time.seconds() < 0.1) ? "%.3f" : "%.2f";
        List<ColumnData<ModelTime>> columns = new ArrayList<>();
        columns.add(MODEL.with(time -> printable(time.model())));
        columns.add(numbers("n").with(time -> Integer.toString(time.concurrency())));
        columns.add(numbers("seconds").with(time -> number(seconds, OptionalDouble.of(time.seconds()))));
        if (times.stream().anyMatch(time -> time.failed() > 0)) {
            columns.add(numbers("failed").with(time -> Long.toString(time.failed())));
        }
        columns.add(numbers("speed-up").with(time -> number("%.1fx", time.speedUpAgainst(baseline))));
        columns.add(numbers("tasks/s").with(time -> rate(time.tasksPerSecond())));
        return new ModelTimesTable(times, columns);
    }

    /**
     * Returns a copy of this table with one more column on the right.
     *
     * @param cell gives the text of a row; characters that control a terminal are replaced
     */
    public ModelTimesTable with(String header, Function<ModelTime, String> cell) {
        List<ColumnData<ModelTime>> more = new ArrayList<>(columns);
        more.add(numbers(printable(header)).with(time -> printable(cell.apply(time))));
        return new ModelTimesTable(times, more);
    }

    /**
     * The lines of the table, header first, without trailing spaces. If the width does not suffice, the bars are
     * dropped first, then columns from the right.
     */
    public List<String> lines(TableStyle style) {
        List<String> grid = grid(style);
        List<String> lines = new ArrayList<>();
        lines.add(grid.getFirst().stripTrailing());
        for (int row = 0; row < times.size(); row++) {
            String line = grid.get(row + 1)
                    + bar(times.get(row), style.width() - grid.getFirst().length(), style);
            lines.add(colored(line.stripTrailing(), times.get(row), style));
        }
        return List.copyOf(lines);
    }

    /** The lines of the table, each followed by a line feed. */
    public String render(TableStyle style) {
        return String.join("\n", lines(style)) + "\n";
    }

    private List<String> grid(TableStyle style) {
        int count = columns.size();
        List<String> grid = grid(count);
        while (grid.getFirst().length() > style.width() && count > MIN_COLUMNS) {
            grid = grid(--count);
        }
        return grid;
    }

    private List<String> grid(int count) {
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .lineSeparator("\n")
                .data(times, columns.subList(0, count))
                .asString()
                .lines()
                .toList();
    }

    private String bar(ModelTime time, int space, TableStyle style) {
        double longest = times.stream().mapToDouble(ModelTime::seconds).max().orElse(0);
        if (space <= MIN_BAR_WIDTH || longest == 0) {
            return "";
        }
        return " " + TextBar.of(time.seconds() / longest, space - 1, style.unicode());
    }

    private String colored(String line, ModelTime row, TableStyle style) {
        if (!style.color()) {
            return line;
        }
        if (row.failed() > 0) {
            return RED + line + RESET;
        }
        return fastest().filter(row::equals).isPresent() ? GREEN + line + RESET : line;
    }

    /** The shortest time without failures: failing quickly is not being fast. */
    private Optional<ModelTime> fastest() {
        return times.stream().filter(time -> time.failed() == 0).min(Comparator.comparingDouble(ModelTime::seconds));
    }

    private static ModelTime baseline(List<ModelTime> times) {
        return times.stream()
                .filter(time -> time.model().equals(BASELINE))
                .findFirst()
                .orElse(times.getFirst());
    }

    private static Column numbers(String header) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.RIGHT)
                .dataAlign(HorizontalAlign.RIGHT)
                .maxWidth(MAX_CELL_WIDTH, OverflowBehaviour.CLIP_RIGHT);
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }

    private static String rate(OptionalDouble value) {
        return number(value.orElse(0) < 100 ? "%.1f" : "%,.0f", value);
    }

    /** Replaces the characters (category C of Unicode) that control a terminal or change the reading direction. */
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "\uFFFD");
    }
}
