package dev.juggler.job;

import java.util.Objects;

/**
 * A batch of tasks: one kind of work, under one concurrency model, within limits. The inputs come from a source.
 *
 * @param id the name of this run in rows, letters, digits and dashes
 * @param work the work done with each input
 * @param model where the tasks run
 * @param concurrency the number of workers, or of tasks in flight for {@link ConcurrencyModel#ASYNC}; 1 when sequential
 * @param adaptive whether the concurrency is an upper limit, below which the run adapts it
 * @param chunking the number of tasks in one message
 * @param limits the limits of the run
 * @param retry the retries of failed attempts
 * @param keepOrder whether outcomes come in the order of the inputs
 * @param perProcess the model inside each process; without meaning under other models
 */
public record Job(
        String id,
        WorkSpec work,
        ConcurrencyModel model,
        int concurrency,
        boolean adaptive,
        Chunking chunking,
        Limits limits,
        RetryPolicy retry,
        boolean keepOrder,
        ProcessModel perProcess) {

    public Job {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (model == ConcurrencyModel.SEQUENTIAL && concurrency != 1) {
            throw new IllegalArgumentException("the sequential model runs one task at a time, not " + concurrency);
        }
        if (model == ConcurrencyModel.PROCESSES && adaptive) {
            throw new IllegalArgumentException("the number of processes cannot adapt: give a number");
        }
    }

    /**
     * Starts a job under the default model and concurrency of its kind of work, in chunks of automatic size, without
     * limits and retries, whose outcomes come as they end.
     *
     * @param id the name of this run in rows, letters, digits and dashes
     * @param work what is done with each input
     */
    public static Builder builder(String id, WorkSpec work) {
        return new Builder(id, work);
    }

    /** Starts a job like this one. */
    public Builder toBuilder() {
        return new Builder(id, work)
                .model(model, concurrency)
                .adaptive(adaptive)
                .chunking(chunking)
                .limits(limits)
                .retry(retry)
                .keepOrder(keepOrder)
                .perProcess(perProcess);
    }

    /** Returns this job under another model, with another concurrency. */
    public Job under(ConcurrencyModel other, int number) {
        return toBuilder().model(other, number).build();
    }

    /** Returns this job as one of its processes runs it. */
    public Job inProcess() {
        return toBuilder()
                .model(perProcess.model(), perProcess.concurrency())
                .adaptive(false)
                .build();
    }

    /** Builds a {@link Job}: see its components. Confined to one thread. */
    public static final class Builder {
        private final String id;
        private final WorkSpec work;
        private ConcurrencyModel model;
        private int concurrency;
        private boolean adaptive;
        private Chunking chunking = new Chunking.Auto();
        private Limits limits = Limits.NONE;
        private RetryPolicy retry = RetryPolicy.of(0);
        private boolean keepOrder;
        private ProcessModel perProcess = ProcessModel.SEQUENTIAL;

        private Builder(String id, WorkSpec work) {
            this.id = Objects.requireNonNull(id, "id");
            this.work = Objects.requireNonNull(work, "work");
            this.model = work.kind().defaultModel();
            this.concurrency =
                    work.kind().defaultConcurrency(model, Runtime.getRuntime().availableProcessors());
        }

        /**
         * Sets where the tasks run, and how many at a time.
         *
         * @param number the workers, or the tasks in flight for {@link ConcurrencyModel#ASYNC}; 1 when sequential
         */
        public Builder model(ConcurrencyModel name, int number) {
            model = name;
            concurrency = number;
            return this;
        }

        /** Sets whether the concurrency is an upper limit, below which the run adapts it. */
        public Builder adaptive(boolean adapts) {
            adaptive = adapts;
            return this;
        }

        /** Sets the number of tasks in one message. */
        public Builder chunking(Chunking rule) {
            chunking = rule;
            return this;
        }

        /** Sets the limits of the run. */
        public Builder limits(Limits bounds) {
            limits = bounds;
            return this;
        }

        /** Sets the retries of failed attempts. */
        public Builder retry(RetryPolicy policy) {
            retry = policy;
            return this;
        }

        /** Sets whether outcomes come in the order of the inputs. */
        public Builder keepOrder(boolean keeps) {
            keepOrder = keeps;
            return this;
        }

        /** Sets the model inside each process of {@link ConcurrencyModel#PROCESSES}. */
        public Builder perProcess(ProcessModel inside) {
            perProcess = inside;
            return this;
        }

        /**
         * Returns the job.
         *
         * @throws IllegalArgumentException with one line for the user, when its parts contradict each other
         */
        public Job build() {
            return new Job(id, work, model, concurrency, adaptive, chunking, limits, retry, keepOrder, perProcess);
        }
    }
}
