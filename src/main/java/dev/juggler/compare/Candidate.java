package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;

/**
 * A concurrency model with a size, as one side of a comparison.
 *
 * @param model the concurrency model
 * @param concurrency workers, or tasks in flight; 1 for the sequential model
 */
public record Candidate(ConcurrencyModel model, int concurrency) {

    public Candidate {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
        }
        if (model == ConcurrencyModel.SEQUENTIAL && concurrency != 1) {
            throw new IllegalArgumentException("the sequential model runs one task at a time, not " + concurrency);
        }
    }

    /** The number of verticles or processes that execute tasks. */
    public int workers() {
        return model == ConcurrencyModel.ASYNC ? 1 : concurrency;
    }

    @Override
    public String toString() {
        return model == ConcurrencyModel.SEQUENTIAL ? model.id() : model.id() + " " + concurrency;
    }
}
