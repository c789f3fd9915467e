package dev.juggler.tune;

import java.util.List;

/**
 * What tuning came to.
 *
 * @param steps what was measured, by rising concurrency
 * @param choice the concurrency to use; 0 when nothing succeeded
 * @param reason why that one, in a sentence
 */
public record TuningResult(List<TuningStep> steps, int choice, String reason) {
    public TuningResult {
        steps = List.copyOf(steps);
    }
}
