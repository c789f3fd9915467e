package dev.juggler.job;

/** What came of an attempt: the four states of an outcome row. */
public sealed interface Result {

    /** The name of the state in rows: {@code succeeded}, {@code failed}, {@code timed-out}, {@code cancelled}. */
    OutcomeState state();

    /** What the task gave back; for an attempt that did not succeed, what is known of it, or null. */
    Value value();

    /** Why the attempt did not succeed; null when it did. */
    TaskError error();

    /** The task is done. */
    record Succeeded(Value value) implements Result {
        @Override
        public OutcomeState state() {
            return OutcomeState.SUCCEEDED;
        }

        @Override
        public TaskError error() {
            return null;
        }
    }

    /** The task said no. */
    record Failed(TaskError error, Value value) implements Result {
        public Failed(TaskError error) {
            this(error, null);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.FAILED;
        }
    }

    /** The attempt took longer than the job's timeout. */
    record TimedOut(TaskError error, Value value) implements Result {
        public static TimedOut after(java.time.Duration timeout, Value value) {
            return new TimedOut(TaskError.passing("timeout", "no result within " + Durations.text(timeout)), value);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.TIMED_OUT;
        }
    }

    /** The run ended before the attempt did. */
    record Cancelled(TaskError error, Value value) implements Result {
        public static Cancelled because(String reason, Value value) {
            return new Cancelled(TaskError.permanent("cancelled", reason), value);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.CANCELLED;
        }
    }
}
