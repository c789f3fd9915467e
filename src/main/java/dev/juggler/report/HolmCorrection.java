package dev.juggler.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction of p-values for multiple tests (Scandinavian Journal of Statistics 6, 1979, page 65). */
final class HolmCorrection {
    private HolmCorrection() {}

    /** The corrected p-values, in the order of the argument. */
    static double[] corrected(double[] pValues) {
        int count = pValues.length;
        int[] ascending = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] corrected = new double[count];
        double largest = 0;
        for (int rank = 0; rank < count; rank++) {
            int i = ascending[rank];
            largest = Math.max(largest, Math.min(1, pValues[i] * (count - rank)));
            corrected[i] = largest;
        }
        return corrected;
    }
}
