package dev.juggler.coordinator;

/**
 * Computes mean and variance without storing the numbers: B. P. Welford, "Note on a Method for Calculating Corrected
 * Sums of Squares and Products", Technometrics 4 (1962).
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

    /** The mean; 0 without numbers. */
    double mean() {
        return mean;
    }

    /**
     * The variance of the population from which the numbers are a sample; 0 for fewer than two.
     *
     * @param prior added to the sum of squares, so that a few equal numbers do not suggest certainty
     */
    double variance(double prior) {
        return count < 2 ? 0 : (squares + prior) / (count - 1);
    }
}
