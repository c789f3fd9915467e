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

/** What a coordinator and its workers say to each other. */
public sealed interface BusMessage {

    /**
     * A worker is there and takes work.
     *
     * @param worker its id, such as {@code threads-3}
     * @param address where it takes batches
     * @param credit how many batches it works on at a time
     * @param node the JVM it is in, by its id in the cluster; {@code ""} for the coordinator's own
     */
    record WorkerReady(String worker, String address, int credit, String node) implements BusMessage {
        /** A worker in the coordinator's own JVM. */
        public WorkerReady(String worker, String address, int credit) {
            this(worker, address, credit, "");
        }

        /** Returns whether it is in another JVM, which may die without a word. */
        public boolean remote() {
            return !node.isEmpty();
        }
    }

    /**
     * Tasks for one worker, which answers with a {@link BatchOutcome}.
     *
     * @param flight its number, which no other batch of the coordinator has
     * @param tasks done one after another
     * @param attempt which try this is for all of them, counted from 1
     * @param dispatchedMicros when it was sent, in microseconds since 1970 UTC
     * @param budgetNanos after this time the worker hands back what it has not begun, in nanoseconds; 0 for never
     */
    record TaskBatch(long flight, List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) {
        /** A batch that nobody needs to tell from others. */
        public TaskBatch(List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) {
            this(0, tasks, attempt, dispatchedMicros, budgetNanos);
        }
    }

    /** Batches for one worker that are sent at the same time. */
    record TaskBatches(List<TaskBatch> all) implements BusMessage {
        public TaskBatches {
            all = List.copyOf(all);
        }
    }

    /**
     * What came of a batch.
     *
     * @param outcomes of the tasks that were tried
     * @param returned the tasks that were not begun and are to be done elsewhere
     * @param workerLost whether the worker is stuck in a task that does not end: it takes no more, and batches it has
     *     not answered are to be done elsewhere
     */
    record BatchOutcome(List<Outcome> outcomes, List<Task> returned, boolean workerLost) {

        /** Returns whether it says nothing of any task. */
        public boolean isEmpty() {
            return outcomes.isEmpty() && returned.isEmpty();
        }

        /** The same from a node that leaves: the tasks that it has cut off are for others to do. */
        public BatchOutcome cutOffByLeaving() {
            return with(each -> each.result() instanceof Result.Cancelled
                    ? new Result.Failed(TaskError.workerLost("its node was told to leave"))
                    : each.result());
        }

        /**
         * The same with a failure in the place of each value: they have no form between JVMs, or are too long for one.
         */
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
     * A worker in another JVM takes no more batches; what it has comes back. The reply, which says nothing, comes when
     * nothing more is sent to it.
     */
    record WorkerLeaving(WorkerReady worker) implements BusMessage {}

    /**
     * A node runs a job whose tasks others may do too; said again and again, as long as it runs.
     *
     * @param job its id
     * @param epoch how often it was begun or taken over: those who help under one do not help under the next
     * @param owner the node that says so
     */
    record HelpRequest(String job, int epoch, String owner) implements BusMessage {
        public HelpRequest {
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(owner, "owner");
        }

        /** What tells this run of the job from others, in addresses. */
        public String run() {
            return job + "-" + epoch;
        }
    }

    /**
     * What the owner of a job wants of those who help with it.
     *
     * @param why for a person; {@code ""} where nothing is to be said
     */
    record HelperCommand(Kind kind, String why) implements BusMessage {
        public HelperCommand {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(why, "why");
        }

        /** What is to be done. */
        public enum Kind {
            /** Begin no more tasks, and let those that are begun end. */
            DRAIN,
            /** End the tasks that are begun. */
            CANCEL,
            /** Nothing is left to do. */
            END
        }
    }

    /** What came of a batch, by the number it was sent with. */
    record BatchReply(long flight, BatchOutcome outcome) {
        private static final int FEW = 16;
        private static final int SHORT_TEXT = 1_000;

        /** Returns whether many like it have room in a message between JVMs. */
        public boolean isShort() {
            List<Outcome> outcomes = outcome.outcomes();
            return outcome.returned().isEmpty()
                    && outcomes.size() <= FEW
                    && outcomes.stream().allMatch(BatchReply::isShort);
        }

        private static boolean isShort(Outcome outcome) {
            boolean asked = outcome.task().input() instanceof Input.Whole
                    || outcome.task().input() instanceof Input.Text(String text) && text.length() <= SHORT_TEXT;
            return asked
                    && outcome.result().error() == null
                    && outcome.result().value() instanceof Value.Computed(Object json)
                    && isShort(json);
        }

        private static boolean isShort(Object json) {
            return switch (json) {
                case null -> true;
                case CharSequence text -> text.length() <= SHORT_TEXT;
                case Boolean any -> true;
                case Integer any -> true;
                case Long any -> true;
                case Double any -> true;
                default -> false;
            };
        }
    }

    /** What a worker has to say of its batches: of one, or of several short ones together. */
    record BatchReplies(List<BatchReply> all) implements BusMessage {
        public BatchReplies {
            all = List.copyOf(all);
        }

        /** The same with a failure in the place of each value. */
        BatchReplies withoutValues(String why) {
            return new BatchReplies(all.stream()
                    .map(one -> new BatchReply(one.flight, one.outcome.withoutValues(why)))
                    .toList());
        }
    }

    /**
     * A worker in another JVM is alive, and has these batches; said again and again. The first one says that it is
     * there and takes work; each renews the lease of its batches, however long their tasks take.
     *
     * @param worker who it is
     * @param flights the batches it has got and not replied to
     */
    record WorkerHeartbeat(WorkerReady worker, List<Long> flights) implements BusMessage {}
}
