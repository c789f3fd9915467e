package dev.juggler.coordinator;

/**
 * The mean of some numbers and how far they are from it, without keeping them: B. P. Welford, "Note on a Method for
 * Calculating Corrected Sums of Squares and Products", Technometrics 4 (1962).
 */
final class RunningVariance {
    private int count;
    private double mean;
    private double squares;

    void add(double number) {
        count++;
        double delta = number - mean;
        mean += delta / count;
        squares += delta * (number - mean);
    }

    int count() {
        return count;
    }

    /** 0 of no numbers. */
    double mean() {
        return mean;
    }

    /**
     * The variance of what the numbers are a sample of; 0 for fewer than two.
     *
     * @param doubt added to the squares of the distances, so that equal numbers do not pass for a certainty
     */
    double variance(double doubt) {
        return count < 2 ? 0 : (squares + doubt) / (count - 1);
    }
}
