package dev.juggler.bus;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A message between a coordinator and its workers. */
public sealed interface BusMessage {

    /**
     * Announces a worker that takes batches.
     *
     * @param worker the worker's id, such as {@code threads-3}
     * @param address the address at which it receives batches
     * @param credit the number of batches that it works on at a time
     * @param node the cluster id of its JVM; {@code ""} for the coordinator's own
     */
    record WorkerReady(String worker, String address, int credit, String node) implements BusMessage {
        /** Announces a worker in the coordinator's own JVM. */
        public WorkerReady(String worker, String address, int credit) {
            this(worker, address, credit, "");
        }

        /** Returns whether the worker is in another JVM, which may die without notice. */
        public boolean remote() {
            return !node.isEmpty();
        }
    }

    /**
     * Tasks for one worker, which answers with a {@link BatchOutcome}.
     *
     * @param flight the number of the batch, unique within the coordinator
     * @param tasks the tasks, which the worker runs one after another
     * @param attempt the number of the attempt for all of them, counted from 1
     * @param dispatchedMicros the time of sending, in microseconds since 1970 UTC
     * @param budgetNanos the time in nanoseconds after which the worker returns the tasks not begun; 0 for none
     */
    record TaskBatch(long flight, List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) {
        /** A batch that needs no number. */
        public TaskBatch(List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) {
            this(0, tasks, attempt, dispatchedMicros, budgetNanos);
        }
    }

    /** Several batches for one worker in one message. */
    record TaskBatches(List<TaskBatch> all) implements BusMessage {
        public TaskBatches {
            all = List.copyOf(all);
        }
    }

    /**
     * The results of a batch.
     *
     * @param outcomes the outcomes of the tasks that were attempted
     * @param returned the tasks that were not begun, for other workers to run
     * @param workerLost true if the worker is stuck in a task that does not end: it takes no more batches, and other
     *     workers run those that it has not answered
     */
    record BatchOutcome(List<Outcome> outcomes, List<Task> returned, boolean workerLost) {

        /** Returns whether it contains no task. */
        public boolean isEmpty() {
            return outcomes.isEmpty() && returned.isEmpty();
        }

        /**
         * Returns a copy for a node that leaves, in which the cancelled tasks have failed by the loss of their worker.
         */
        public BatchOutcome cutOffByLeaving() {
            return with(each -> each.result() instanceof Result.Cancelled
                    ? new Result.Failed(TaskError.workerLost("its node was told to leave"))
                    : each.result());
        }

        /** Returns a copy with failures in place of values, which cannot be encoded or are too long for a message. */
        BatchOutcome withoutValues(String why) {
            TaskError error = TaskError.permanent("value", "the result cannot be sent to another process: " + why);
            return with(each -> new Result.Failed(error));
        }

        private BatchOutcome with(Function<Outcome, Result> results) {
            List<Outcome> others = outcomes.stream()
                    .map(each -> new Outcome(
                            each.task(),
                            each.attempt(),
                            results.apply(each),
                            each.worker(),
                            each.startedMicros(),
                            each.queuedNanos(),
                            each.runNanos()))
                    .toList();
            return new BatchOutcome(others, returned, workerLost);
        }
    }

    /**
     * Reports that a worker in another JVM takes no more batches and returns those it has. The reply, which is empty,
     * confirms that no more will be sent to it.
     */
    record WorkerLeaving(WorkerReady worker) implements BusMessage {}

    /**
     * Announces a job that other nodes may help with. Sent repeatedly while the job runs.
     *
     * @param job the job's id
     * @param epoch the number of times that the job was started or taken over; help does not extend to the next epoch
     * @param owner the node that runs the job
     */
    record HelpRequest(String job, int epoch, String owner) implements BusMessage {
        public HelpRequest {
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(owner, "owner");
        }

        /** Identifies this run of the job in addresses. */
        public String run() {
            return job + "-" + epoch;
        }
    }

    /**
     * A command of a job's owner to the nodes that help with it.
     *
     * @param why the reason, for users; {@code ""} for none
     */
    record HelperCommand(Kind kind, String why) implements BusMessage {
        public HelperCommand {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(why, "why");
        }

        /** The kind of command. */
        public enum Kind {
            /** Finish the running tasks and begin no more. */
            DRAIN,
            /** End the running tasks. */
            CANCEL,
            /** Leave the job, because it has no work left. */
            END
        }
    }

    /** The results of a batch with the number that it was sent with. */
    record BatchReply(long flight, BatchOutcome outcome) {
        private static final int MAX_SHORT_TASKS = 16;
        private static final int MAX_SHORT_TEXT = 1_000;

        /** Returns whether many like it fit into one message between JVMs. */
        public boolean isShort() {
            List<Outcome> outcomes = outcome.outcomes();
            return outcome.returned().isEmpty()
                    && outcomes.size() <= MAX_SHORT_TASKS
                    && outcomes.stream().allMatch(BatchReply::isShort);
        }

        private static boolean isShort(Outcome outcome) {
            boolean hasShortInput = outcome.task().input() instanceof Input.Whole
                    || outcome.task().input() instanceof Input.Text(String text) && text.length() <= MAX_SHORT_TEXT;
            return hasShortInput
                    && outcome.result().error() == null
                    && outcome.result().value() instanceof Value.Computed(Object json)
                    && isShort(json);
        }

        private static boolean isShort(@Nullable Object json) {
            return switch (json) {
                case null -> true;
                case CharSequence text -> text.length() <= MAX_SHORT_TEXT;
                case Boolean any -> true;
                case Integer any -> true;
                case Long any -> true;
                case Double any -> true;
                default -> false;
            };
        }
    }

    /** The replies of a worker: to one batch, or to several short ones together. */
    record BatchReplies(List<BatchReply> all) implements BusMessage {
        public BatchReplies {
            all = List.copyOf(all);
        }

        /** Returns a copy with a failure in place of each value. */
        BatchReplies withoutValues(String why) {
            return new BatchReplies(all.stream()
                    .map(reply -> new BatchReply(reply.flight, reply.outcome.withoutValues(why)))
                    .toList());
        }
    }

    /**
     * Reports that a worker in another JVM is alive, and its batches. Sent repeatedly. The first heartbeat announces
     * the worker; each renews the leases of its batches, however long their tasks take.
     *
     * @param worker the worker
     * @param flights the batches that it has received and not answered
     */
    record WorkerHeartbeat(WorkerReady worker, List<Long> flights) implements BusMessage {}
}
