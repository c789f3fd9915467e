package dev.juggler.work;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one most likely stands for. */
public final class NearestName {
    private static final int MAX_LENGTH = 100;

    private NearestName() {}

    /**
     * Returns the candidate that begins with two thirds of the name, or else has an edit distance of at most a third of
     * its length, rounded up; of several, the one with the smallest distance.
     */
    public static Optional<String> to(String name, Collection<String> candidates) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        Comparator<String> byDistance = Comparator.comparingInt(candidate -> distance(lower, candidate));
        return candidates.stream()
                .filter(candidate -> sharesBeginning(lower, candidate))
                .min(byDistance)
                .or(() -> candidates.stream()
                        .filter(candidate -> distance(lower, candidate) <= Math.ceilDiv(lower.length(), 3))
                        .min(byDistance));
    }

    private static boolean sharesBeginning(String name, String candidate) {
        int shared = Math.max(3, Math.ceilDiv(2 * name.length(), 3));
        return name.length() >= shared && candidate.startsWith(name.substring(0, shared));
    }

    /** Returns the end of a message about this name: a question whether the nearest candidate is meant, or nothing. */
    public static String question(String name, Collection<String> candidates) {
        return to(name, candidates)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }

    /** Returns the Levenshtein distance, computed with one row of its table. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
