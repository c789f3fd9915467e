package dev.juggler.tune;

import java.util.List;

/**
 * The result of tuning.
 *
 * @param steps the measurements, by ascending concurrency
 * @param choice the chosen concurrency; 0 if no task succeeded
 * @param reason the reason for the choice, in a sentence without a full stop
 */
public record TuningResult(List<TuningStep> steps, int choice, String reason) {
    public TuningResult {
        steps = List.copyOf(steps);
    }
}
