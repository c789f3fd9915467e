package dev.juggler.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The wall time of one job under one concurrency model.
 *
 * @param model the name of the model, such as {@code threads}
 * @param concurrency workers, or tasks in flight
 * @param tasks all tasks of the job, including those that failed
 * @param seconds wall time of the whole job
 * @param failed unsuccessful tasks
 */
public record ModelTime(String model, int concurrency, long tasks, double seconds, long failed) {

    public ModelTime {
        Objects.requireNonNull(model, "model");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (failed < 0 || failed > tasks) {
            throw new IllegalArgumentException(failed + " of " + tasks + " tasks cannot have failed");
        }
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("seconds must be finite and at least 0, not " + seconds);
        }
    }

    /** Successful tasks per second; empty if no time passed. */
    public OptionalDouble tasksPerSecond() {
        return seconds > 0 ? OptionalDouble.of((tasks - failed) / seconds) : OptionalDouble.empty();
    }

    /** The speed-up over another time: 2 for half of it; empty if no time passed. */
    public OptionalDouble speedUpAgainst(ModelTime other) {
        return seconds > 0 ? OptionalDouble.of(other.seconds / seconds) : OptionalDouble.empty();
    }
}
