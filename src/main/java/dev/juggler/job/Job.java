package dev.juggler.job;

/**
 * A batch: one kind of work, under one concurrency model, within limits. Its inputs come from a source beside it.
 *
 * @param id the name of this run in rows, letters, digits and dashes
 * @param work what is done with each input
 * @param model where and how many at a time
 * @param concurrency workers, or tasks in flight for {@link ConcurrencyModel#ASYNC}; 1 when sequential
 * @param adaptive whether the concurrency is only the most there may be, and the run finds out what is best
 * @param chunking how many tasks travel together
 * @param limits what bounds the run
 * @param retry what happens to an attempt that failed
 * @param keepOrder whether outcomes are given in the order of the inputs
 * @param perProcess what each process does its tasks under; of no meaning under the other models
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
            throw new IllegalArgumentException("the sequential model does one task at a time, not " + concurrency);
        }
        if (model == ConcurrencyModel.PROCESSES && adaptive) {
            throw new IllegalArgumentException("the number of processes is fixed");
        }
    }

    /** The same job under another model, with so many at a time. */
    public Job under(ConcurrencyModel other, int many) {
        return new Job(id, work, other, many, adaptive, chunking, limits, retry, keepOrder, perProcess);
    }

    /** A job whose processes, if it has any, do one task at a time each. */
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

    /** A job whose concurrency is fixed, and whose processes, if it has any, do one task at a time each. */
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

    /** This job as one of its processes does it. */
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
