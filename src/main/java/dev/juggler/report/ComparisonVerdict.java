package dev.juggler.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Says in sentences what a comparison shows and what it does not.
 *
 * <p>Neighbours in the order of their medians are tested with the two-sided Mann-Whitney U test (Mann and Whitney, 1947),
 * exact for few runs; it takes no shape of the noise for granted. As several pairs are tested, the probabilities are
 * corrected by Holm's method (1979), so that all sentences together are wrong in at most one comparison of twenty.
 */
public final class ComparisonVerdict {
    /** A difference is told when chance makes one as large less often than this. */
    static final double LEVEL = 0.05;

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
            return List.of("There is only " + ranked.getFirst().label() + ": nothing to compare it with.");
        }
        sentences.add(fastest());
        sentences.addAll(comparison.rounds() < fewestRuns(ranked.size() - 1) ? List.of(tooFew()) : neighbours());
        return sentences;
    }

    private String fastest() {
        ModelRuns first = ranked.getFirst();
        ModelRuns baseline = comparison.baseline();
        String than = first.equals(baseline)
                ? ""
                : ", %s times as fast as %s".formatted(times(median(baseline) / median(first)), baseline.label());
        return "The shortest median is that of " + first.label() + than + ".";
    }

    private String tooFew() {
        int fewest = fewestRuns(ranked.size() - 1);
        return comparison.rounds() == 1
                ? "One run of each says nothing about chance: compare with --repeat %d or more.".formatted(fewest)
                : "%d runs of each are too few to tell differences from chance: give --repeat %d or more."
                        .formatted(comparison.rounds(), fewest);
    }

    /**
     * So many runs of each are needed to tell any difference at all: where all runs of one are faster than all of the
     * other, which of the {@code 2n} are whose is one of {@code 2n over n} ways, or its mirror image. Holm's method takes
     * the smallest probability times the number of pairs.
     */
    static int fewestRuns(int pairs) {
        int runs = 1;
        double ways = 2;
        while (2 / ways * pairs >= LEVEL) {
            ways *= 2.0 * (2 * runs + 1) / (runs + 1);
            runs++;
        }
        return runs;
    }

    private List<String> neighbours() {
        double[] probabilities = new double[ranked.size() - 1];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = probability(ranked.get(i), ranked.get(i + 1));
        }
        double[] corrected = HolmCorrection.corrected(probabilities);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            sentences.add(sentence(ranked.get(i), ranked.get(i + 1), corrected[i]));
        }
        return sentences;
    }

    private static String sentence(ModelRuns faster, ModelRuns slower, double probability) {
        return probability < LEVEL
                ? "%s is faster than %s, %s times (p = %s)."
                        .formatted(
                                capital(faster.label()),
                                slower.label(),
                                times(median(slower) / median(faster)),
                                text(probability))
                : "%s and %s do not differ here (p = %s)."
                        .formatted(capital(faster.label()), slower.label(), text(probability));
    }

    /** How often chance alone makes a difference as large as this one or larger. */
    static double probability(ModelRuns one, ModelRuns other) {
        return MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .test(one.seconds(), other.seconds())
                .getPValue();
    }

    private static double median(ModelRuns model) {
        return SampleRange.median(model.seconds());
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, factor < 2 ? "%.2f" : "%.1f", factor);
    }

    private static String text(double probability) {
        return probability < 0.001 ? "below 0.001" : String.format(Locale.ROOT, "%.3f", probability);
    }

    private static String capital(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }
}
