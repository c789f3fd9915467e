package dev.juggler.work.compute;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one most likely stands for. */
final class NearestName {
    private NearestName() {}

    /**
     * Returns the candidate with the smallest edit distance, which may be at most a third of the name, but at least one
     * letter.
     */
    static Optional<String> to(String name, Collection<String> candidates) {
        String lower = name.toLowerCase(Locale.ROOT);
        int maxDistance = Math.max(1, name.length() / 3);
        if (name.length() > 100) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> distance(lower, candidate) <= maxDistance)
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
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
