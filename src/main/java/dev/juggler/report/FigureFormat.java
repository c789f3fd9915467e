package dev.juggler.report;

import java.util.List;
import java.util.Locale;

/** How the figures of a comparison are written, the same in every form: so many digits as the shortest time needs. */
public record FigureFormat(int decimals) {
    private static final double SHORT = 0.1;
    private static final double BYTES_OF_MEGABYTE = 1e6;

    /** What suits these rows. */
    public static FigureFormat of(List<ModelSummary> rows) {
        return new FigureFormat(rows.stream().anyMatch(row -> row.seconds().least() < SHORT) ? 3 : 2);
    }

    public String seconds(double seconds) {
        return fixed(seconds, decimals);
    }

    /** The least and the most of the times. */
    public String range(ModelSummary row) {
        return seconds(row.seconds().least()) + "–" + seconds(row.seconds().most());
    }

    public String speedUp(ModelSummary row) {
        return fixed(row.speedUp(), row.speedUp() < 10 ? 2 : 1) + "x";
    }

    public String rate(ModelSummary row) {
        return String.format(Locale.ROOT, row.tasksPerSecond() < 100 ? "%.1f" : "%,.0f", row.tasksPerSecond());
    }

    /** Milliseconds with so many digits as tell something. */
    public static String millis(double millis) {
        return fixed(millis, millis < 0.01 ? 4 : millis < 1 ? 3 : millis < 10 ? 2 : millis < 100 ? 1 : 0);
    }

    public static String megabytes(ModelSummary row) {
        return row.peakBytes() == 0 ? "-" : fixed(row.peakBytes() / BYTES_OF_MEGABYTE, 0);
    }

    public static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
