package dev.juggler.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * States in sentences which differences a comparison shows.
 *
 * <p>Models that are adjacent in the order of their medians are tested with the two-sided Mann-Whitney U test (Mann and
 * Whitney, 1947), which is exact for few runs and assumes no distribution of the noise. Because several pairs are
 * tested, the p-values are corrected with Holm's method (1979): the probability that any sentence of a comparison
 * reports a difference that does not exist stays below 5 %.
 */
public final class ComparisonVerdict {
    /** A difference is reported if its corrected p-value is below this. */
    static final double SIGNIFICANCE_LEVEL = 0.05;

    private final Comparison comparison;
    private final List<ModelRuns> ranked;

    private ComparisonVerdict(Comparison comparison) {
        this.comparison = comparison;
        this.ranked = comparison.models().stream()
                .sorted(Comparator.comparingDouble(ComparisonVerdict::median))
                .toList();
    }

    /** The sentences, the most important first; at least one. */
    public static List<String> of(Comparison comparison) {
        return new ComparisonVerdict(comparison).sentences();
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (ranked.size() == 1) {
            return List.of("Only " + ranked.getFirst().label() + " was measured: there is nothing to compare it with.");
        }
        sentences.add(fastest());
        sentences.addAll(
                comparison.rounds() < minimumRuns(ranked.size() - 1) ? List.of(tooFewRuns()) : adjacentPairs());
        return sentences;
    }

    private String fastest() {
        ModelRuns first = ranked.getFirst();
        ModelRuns baseline = comparison.baseline();
        String than = first.equals(baseline)
                ? ""
                : ", %s times as fast as %s".formatted(factor(median(baseline) / median(first)), baseline.label());
        return "Fastest by median: " + first.label() + than + ".";
    }

    private String tooFewRuns() {
        int minimum = minimumRuns(ranked.size() - 1);
        return comparison.rounds() == 1
                ? "One run of each cannot tell a difference from chance; compare with --repeat %d or more."
                        .formatted(minimum)
                : "%d runs of each are too few to tell differences from chance; use --repeat %d or more."
                        .formatted(comparison.rounds(), minimum);
    }

    /**
     * The number of runs of each model without which no difference can be significant. If all {@code n} runs of one
     * model are faster than all of the other, the two-sided p-value is 2 over the binomial coefficient {@code 2n over
     * n}. Holm's method multiplies the smallest p-value by the number of pairs.
     */
    static int minimumRuns(int pairs) {
        int runs = 1;
        double arrangements = 2;
        while (2 / arrangements * pairs >= SIGNIFICANCE_LEVEL) {
            arrangements *= 2.0 * (2 * runs + 1) / (runs + 1);
            runs++;
        }
        return runs;
    }

    private List<String> adjacentPairs() {
        double[] pValues = new double[ranked.size() - 1];
        for (int i = 0; i < pValues.length; i++) {
            pValues[i] = pValue(ranked.get(i), ranked.get(i + 1));
        }
        double[] corrected = HolmCorrection.corrected(pValues);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            sentences.add(sentence(ranked.get(i), ranked.get(i + 1), corrected[i]));
        }
        return sentences;
    }

    private static String sentence(ModelRuns faster, ModelRuns slower, double pValue) {
        return pValue < SIGNIFICANCE_LEVEL
                ? "%s is %s times as fast as %s (p = %s)."
                        .formatted(
                                capitalized(faster.label()),
                                factor(median(slower) / median(faster)),
                                slower.label(),
                                text(pValue))
                : "No significant difference between %s and %s (p = %s)."
                        .formatted(faster.label(), slower.label(), text(pValue));
    }

    /** The probability of a difference at least this large if the two models were equally fast. */
    static double pValue(ModelRuns one, ModelRuns other) {
        return MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .test(one.seconds(), other.seconds())
                .getPValue();
    }

    private static double median(ModelRuns model) {
        return SampleRange.median(model.seconds());
    }

    private static String factor(double factor) {
        return String.format(Locale.ROOT, factor < 2 ? "%.2f" : "%.1f", factor);
    }

    private static String text(double pValue) {
        return pValue < 0.001 ? "below 0.001" : String.format(Locale.ROOT, "%.3f", pValue);
    }

    private static String capitalized(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }
}
