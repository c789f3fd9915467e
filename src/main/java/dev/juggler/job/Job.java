package dev.juggler.job;

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

    /** This job under another model, with another concurrency. */
    public Job under(ConcurrencyModel other, int many) {
        return new Job(id, work, other, many, adaptive, chunking, limits, retry, keepOrder, perProcess);
    }

    /** A job whose processes, if it has any, run one task at a time each. */
    public Job(
            String id,
            WorkSpec work,
            ConcurrencyModel model,
            int concurrency,
            boolean adaptive,
            Chunking chunking,
            Limits limits,
            RetryPolicy retry,
            boolean keepOrder) {
        this(id, work, model, concurrency, adaptive, chunking, limits, retry, keepOrder, ProcessModel.SEQUENTIAL);
    }

    /** A job of fixed concurrency, whose processes, if it has any, run one task at a time each. */
    public Job(
            String id,
            WorkSpec work,
            ConcurrencyModel model,
            int concurrency,
            Chunking chunking,
            Limits limits,
            RetryPolicy retry,
            boolean keepOrder) {
        this(id, work, model, concurrency, false, chunking, limits, retry, keepOrder, ProcessModel.SEQUENTIAL);
    }

    /** This job as one of its processes runs it. */
    public Job inProcess() {
        return new Job(
                id,
                work,
                perProcess.model(),
                perProcess.concurrency(),
                false,
                chunking,
                limits,
                retry,
                keepOrder,
                perProcess);
    }
}
