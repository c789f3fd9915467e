package dev.juggler.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
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
public final class TimesTable {
    /** The model that the others are measured against, where it took part; otherwise the first row is. */
    private static final String BASELINE = "sequential";

    private static final int SHORTEST_BAR = 8;
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String RESET = "\u001b[0m";

    private final List<ModelTime> times;
    private final List<ColumnData<ModelTime>> columns;

    private TimesTable(List<ModelTime> times, List<ColumnData<ModelTime>> columns) {
        this.times = List.copyOf(times);
        this.columns = List.copyOf(columns);
    }

    /**
     * The table of these times, in this order.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static TimesTable of(List<ModelTime> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("a table of times has at least one row");
        }
        ModelTime baseline = baseline(times);
        List<ColumnData<ModelTime>> columns = new ArrayList<>();
        columns.add(named("model").dataAlign(HorizontalAlign.LEFT).with(time -> printable(time.model())));
        columns.add(named("n").with(time -> Integer.toString(time.concurrency())));
        columns.add(named("seconds").with(time -> number("%.2f", OptionalDouble.of(time.seconds()))));
        columns.add(named("speed-up").with(time -> number("%.1fx", time.speedUpAgainst(baseline))));
        columns.add(named("tasks/s").with(time -> rate(time.tasksPerSecond())));
        if (times.stream().anyMatch(time -> time.failed() > 0)) {
            columns.add(named("failed").with(time -> Long.toString(time.failed())));
        }
        return new TimesTable(times, columns);
    }

    /**
     * The same table with one column more.
     *
     * @param cell the text of a row, in which characters that control a terminal are replaced; empty for nothing
     */
    public TimesTable with(String header, Function<ModelTime, String> cell) {
        List<ColumnData<ModelTime>> more = new ArrayList<>(columns);
        more.add(named(printable(header)).with(time -> printable(cell.apply(time))));
        return new TimesTable(times, more);
    }

    /** The lines of the table, the header first, none with spaces at its end or (but for long words) over the width. */
    public List<String> lines(TableStyle style) {
        List<String> plain = grid(style);
        int barWidth = style.width() - plain.getFirst().length() - 1;
        // A cell that had to be broken takes several lines; rows and lines then no longer match, and bars would lie.
        boolean bars = barWidth >= SHORTEST_BAR && plain.size() == times.size() + 1;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            Optional<ModelTime> row = i > 0 && plain.size() == times.size() + 1 ? Optional.of(times.get(i - 1)) : Optional.empty();
            String bar = bars && row.isPresent() ? " " + bar(row.get(), barWidth, style) : "";
            lines.add(colored((plain.get(i) + bar).stripTrailing(), row, style));
        }
        return lines;
    }

    /** The lines, each with a line feed. */
    public String render(TableStyle style) {
        return String.join("\n", lines(style)) + "\n";
    }

    private List<String> grid(TableStyle style) {
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .lineSeparator("\n")
                .maxTableWidth(style.width())
                .data(times, columns)
                .asString()
                .lines()
                .toList();
    }

    private String bar(ModelTime time, int width, TableStyle style) {
        double longest = times.stream().mapToDouble(ModelTime::seconds).max().orElse(0);
        return Bar.of(longest > 0 ? time.seconds() / longest : 0, width, style.unicode());
    }

    private String colored(String line, Optional<ModelTime> row, TableStyle style) {
        if (!style.color() || row.isEmpty()) {
            return line;
        }
        if (row.get().failed() > 0) {
            return RED + line + RESET;
        }
        return row.equals(fastest()) ? GREEN + line + RESET : line;
    }

    /** The shortest of the times in which nothing failed: to fail quickly is not to be fast. */
    private Optional<ModelTime> fastest() {
        return times.stream().filter(time -> time.failed() == 0).min(Comparator.comparingDouble(ModelTime::seconds));
    }

    private static ModelTime baseline(List<ModelTime> times) {
        return times.stream().filter(time -> time.model().equals(BASELINE)).findFirst().orElse(times.getFirst());
    }

    private static Column named(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
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
