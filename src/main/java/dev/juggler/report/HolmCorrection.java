package dev.juggler.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction of several probabilities (Scandinavian Journal of Statistics 6, 1979, page 65). */
final class HolmCorrection {
    private HolmCorrection() {}

    /** The probabilities, in their order, corrected for their number. */
    static double[] corrected(double[] probabilities) {
        int count = probabilities.length;
        int[] ascending = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] corrected = new double[count];
        double largest = 0;
        for (int rank = 0; rank < count; rank++) {
            int i = ascending[rank];
            largest = Math.max(largest, Math.min(1, probabilities[i] * (count - rank)));
            corrected[i] = largest;
        }
        return corrected;
    }
}
