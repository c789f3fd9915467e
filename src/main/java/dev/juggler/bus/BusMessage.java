package dev.juggler.bus;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.util.List;

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

        /** Whether it is in another JVM, which may die without a word. */
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
    record TaskBatch(long flight, List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos)
            implements BusMessage {
        /** A batch that nobody needs to tell from others. */
        public TaskBatch(List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) {
            this(0, tasks, attempt, dispatchedMicros, budgetNanos);
        }
    }

    /**
     * What came of a batch.
     *
     * @param outcomes of the tasks that were tried
     * @param returned the tasks that were not begun and are to be done elsewhere
     * @param workerLost whether the worker is stuck in a task that does not end: it takes no more, and batches it has not
     *     answered are to be done elsewhere
     */
    record BatchOutcome(List<Outcome> outcomes, List<Task> returned, boolean workerLost) {

        /** The same with a failure in the place of each value: they have no form between JVMs, or are too long for one. */
        BatchOutcome withoutValues(String why) {
            TaskError error = TaskError.permanent("value", "the result cannot be sent to another process: " + why);
            List<Outcome> plain = outcomes.stream()
                    .map(each -> new Outcome(
                            each.task(),
                            each.attempt(),
                            new Result.Failed(error),
                            each.worker(),
                            each.startedMicros(),
                            each.queuedNanos(),
                            each.runNanos()))
                    .toList();
            return new BatchOutcome(plain, returned, workerLost);
        }
    }

    /** What came of a batch, by the number it was sent with. */
    record Answer(long flight, BatchOutcome outcome) {
        private static final int FEW = 16;
        private static final int SHORT_TEXT = 1_000;

        /** Whether many like it have room in a message between JVMs. */
        public boolean isShort() {
            List<Outcome> outcomes = outcome.outcomes();
            return outcome.returned().isEmpty()
                    && outcomes.size() <= FEW
                    && outcomes.stream().allMatch(Answer::isShort);
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
    record Answers(List<Answer> all) implements BusMessage {
        public Answers {
            all = List.copyOf(all);
        }

        /** The same with a failure in the place of each value. */
        Answers withoutValues(String why) {
            return new Answers(all.stream()
                    .map(one -> new Answer(one.flight, one.outcome.withoutValues(why)))
                    .toList());
        }
    }

    /**
     * A worker in another JVM is alive, and has these batches; said again and again. The first one says that it is there
     * and takes work; each renews the lease of its batches, however long their tasks take.
     *
     * @param worker who it is
     * @param flights the batches it has got and not replied to
     */
    record WorkerAlive(WorkerReady worker, List<Long> flights) implements BusMessage {}
}
