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
 * The times of one job under several concurrency models, a row a model, with a bar for each so that one sees them side
 * by side. Columns of one's own come after the built-in ones.
 */
public final class ModelTimesTable {
    /** The model that the others are measured against, where it took part; otherwise the first row is. */
    private static final String BASELINE = "sequential";

    private static final int LONGEST_NAME = 16;
    private static final int LONGEST_CELL = 24;

    private static final Column MODEL = new Column()
            .header("model")
            .headerAlign(HorizontalAlign.LEFT)
            .dataAlign(HorizontalAlign.LEFT)
            .maxWidth(LONGEST_NAME, OverflowBehaviour.CLIP_RIGHT);

    /** Model, concurrency and seconds, without which nothing compares, and what failed, which must be told. */
    private static final int FEWEST_COLUMNS = 4;

    private static final int SHORTEST_BAR = 8;
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
     * The table of these times, in this order.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static ModelTimesTable of(List<ModelTime> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("a table of times has at least one row");
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
     * The same table with one column more.
     *
     * @param cell the text of a row, in which characters that control a terminal are replaced; empty for nothing
     */
    public ModelTimesTable with(String header, Function<ModelTime, String> cell) {
        List<ColumnData<ModelTime>> more = new ArrayList<>(columns);
        more.add(numbers(printable(header)).with(time -> printable(cell.apply(time))));
        return new ModelTimesTable(times, more);
    }

    /**
     * The lines of the table, the header first, none with spaces at its end. Where the width is too small for all of
     * it, the bars are left out, then columns from the right.
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

    /** The lines, each with a line feed. */
    public String render(TableStyle style) {
        return String.join("\n", lines(style)) + "\n";
    }

    private List<String> grid(TableStyle style) {
        int count = columns.size();
        List<String> grid = grid(count);
        while (grid.getFirst().length() > style.width() && count > FEWEST_COLUMNS) {
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

    private String bar(ModelTime time, int room, TableStyle style) {
        double longest = times.stream().mapToDouble(ModelTime::seconds).max().orElse(0);
        if (room <= SHORTEST_BAR || longest == 0) {
            return "";
        }
        return " " + TextBar.of(time.seconds() / longest, room - 1, style.unicode());
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

    /** The shortest of the times in which nothing failed: to fail quickly is not to be fast. */
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
                .maxWidth(LONGEST_CELL, OverflowBehaviour.CLIP_RIGHT);
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }

    private static String rate(OptionalDouble value) {
        return number(value.orElse(0) < 100 ? "%.1f" : "%,.0f", value);
    }

    /** Text without the characters (category C of Unicode) that steer a terminal or turn the reading direction. */
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "\uFFFD");
    }
}
