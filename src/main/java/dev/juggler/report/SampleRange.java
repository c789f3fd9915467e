package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collection;

/**
 * The median and the range of measured values.
 *
 * @param min the smallest value; in JSON {@code least}
 * @param max the largest value; in JSON {@code most}
 */
public record SampleRange(
        double median,
        @JsonProperty("least") double min,
        @JsonProperty("most") double max) {
    /**
     * Summarizes values; the median of an even number of them is the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static SampleRange of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a median needs at least one value");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int upper = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
        return new SampleRange(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The width of the range as a share of the median; 0 if the median is 0. */
    public double relative() {
        return median == 0 ? 0 : (max - min) / median;
    }

    /** The median of the given values. */
    static double median(double... values) {
        return of(Arrays.stream(values).boxed().toList()).median;
    }
}
