package dev.juggler.report;

import org.jspecify.annotations.Nullable;

/**
 * The model that automatic selection chose for a run.
 *
 * @param model the model's id
 * @param concurrency workers, or tasks in flight
 * @param cpu the share of their run time that the sampled tasks spent computing, from 0 to 1; null if none was sampled
 * @param clear true if the sample shows clearly what kind of tasks these are
 * @param reason why this model was chosen, in words
 */
public record ChosenModel(
        String model, int concurrency, @Nullable Double cpu, boolean clear, String reason) {

    /** A copy with another concurrency. */
    public ChosenModel with(int newConcurrency) {
        return new ChosenModel(model, newConcurrency, cpu, clear, reason);
    }
}
