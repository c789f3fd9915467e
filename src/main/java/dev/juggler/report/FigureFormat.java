package dev.juggler.report;

import java.util.List;
import java.util.Locale;

/**
 * Formats the figures of a comparison for every output format.
 *
 * @param decimals digits after the point of a time in seconds: as many as the shortest time needs
 */
public record FigureFormat(int decimals) {
    private static final double SHORT_SECONDS = 0.1;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    /** The format that suits these rows. */
    public static FigureFormat of(List<ModelSummary> rows) {
        return new FigureFormat(
                rows.stream().anyMatch(row -> row.speed().seconds().min() < SHORT_SECONDS) ? 3 : 2);
    }

    public String seconds(double seconds) {
        return fixed(seconds, decimals);
    }

    /** The shortest and the longest time. */
    public String range(ModelSummary row) {
        SampleRange range = row.speed().seconds();
        return seconds(range.min()) + "–" + seconds(range.max());
    }

    public String speedUp(ModelSummary row) {
        double speedUp = row.speed().speedUp();
        return fixed(speedUp, speedUp < 10 ? 2 : 1) + "x";
    }

    public String rate(ModelSummary row) {
        double rate = row.speed().tasksPerSecond();
        return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%,.0f", rate);
    }

    /** Milliseconds with about three significant digits. */
    public static String millis(double millis) {
        return fixed(millis, millis < 0.01 ? 4 : millis < 1 ? 3 : millis < 10 ? 2 : millis < 100 ? 1 : 0);
    }

    public static String megabytes(ModelSummary row) {
        long bytes = row.resources().peakBytes();
        return bytes == 0 ? "-" : fixed(bytes / BYTES_PER_MEGABYTE, 0);
    }

    public static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
