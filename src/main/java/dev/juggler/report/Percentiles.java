package dev.juggler.report;

import org.HdrHistogram.Histogram;

/** The distribution of the attempts' durations, in milliseconds; all zeros if there were none. */
public record Percentiles(double mean, double p50, double p95, double p99, double max) {

    /** The percentiles of a histogram of nanoseconds. */
    public static Percentiles of(Histogram nanos) {
        return new Percentiles(
                millis(nanos.getMean()),
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(95)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getMaxValue()));
    }

    private static double millis(double nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
