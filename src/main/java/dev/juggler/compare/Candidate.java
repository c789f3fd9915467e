package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;

/**
 * One of those that are compared.
 *
 * @param model the concurrency model
 * @param concurrency workers, or tasks in flight; 1 for the sequential model
 */
public record Candidate(ConcurrencyModel model, int concurrency) {

    public Candidate {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (model == ConcurrencyModel.SEQUENTIAL && concurrency != 1) {
            throw new IllegalArgumentException("the sequential model does one task at a time, not " + concurrency);
        }
    }

    /** Verticles or processes that do tasks. */
    public int workers() {
        return model == ConcurrencyModel.ASYNC ? 1 : concurrency;
    }

    @Override
    public String toString() {
        return model == ConcurrencyModel.SEQUENTIAL ? model.id() : model.id() + " " + concurrency;
    }
}
