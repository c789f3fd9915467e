package dev.juggler.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of an attempt, in one of the four states of an outcome row. */
public sealed interface Result {

    /** The name of the state in rows: {@code succeeded}, {@code failed}, {@code timed-out}, {@code cancelled}. */
    OutcomeState state();

    /** The value of the task; for an attempt that did not succeed, the facts known of it, or null. */
    @Nullable
    Value value();

    /** The reason why the attempt did not succeed; null when it did. */
    @Nullable
    TaskError error();

    /** The task succeeded. The value is null if its work returned none. */
    record Succeeded(@Nullable Value value) implements Result {
        @Override
        public OutcomeState state() {
            return OutcomeState.SUCCEEDED;
        }

        @Override
        public @Nullable TaskError error() {
            return null;
        }
    }

    /** The task failed. */
    record Failed(TaskError error, @Nullable Value value) implements Result {
        public Failed(TaskError error) {
            this(error, null);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.FAILED;
        }
    }

    /** The attempt took longer than the job's timeout. */
    record TimedOut(TaskError error, @Nullable Value value) implements Result {
        /** The result of an attempt that reached this timeout. */
        public static TimedOut after(Duration timeout, @Nullable Value value) {
            return new TimedOut(TaskError.passing("timeout", "no result within " + Durations.text(timeout)), value);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.TIMED_OUT;
        }
    }

    /** The run ended before the attempt did. */
    record Cancelled(TaskError error, @Nullable Value value) implements Result {
        /** The result of an attempt that was cancelled for this reason. */
        public static Cancelled because(String reason, @Nullable Value value) {
            return new Cancelled(TaskError.permanent("cancelled", reason), value);
        }

        @Override
        public OutcomeState state() {
            return OutcomeState.CANCELLED;
        }
    }
}
