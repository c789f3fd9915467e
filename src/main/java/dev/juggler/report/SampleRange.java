package dev.juggler.report;

import java.util.Arrays;
import java.util.Collection;

/** The middle and the ends of some measured values: the median, the least and the most of them. */
public record SampleRange(double median, double least, double most) {

    /**
     * Of these values; of an even number, the median is the mean of the two in the middle.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static SampleRange of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int upper = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
        return new SampleRange(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** How far the ends lie apart, as a share of the median; 0 when the median is 0. */
    public double relative() {
        return median == 0 ? 0 : (most - least) / median;
    }

    /** The median of these values. */
    static double median(double... values) {
        return of(Arrays.stream(values).boxed().toList()).median;
    }
}
