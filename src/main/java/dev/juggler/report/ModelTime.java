package dev.juggler.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How long one job took under one concurrency model.
 *
 * @param model the name of the model, such as {@code threads}
 * @param concurrency workers, or tasks in flight
 * @param tasks all tasks of the job, those that failed among them
 * @param seconds wall-clock time of the whole job
 * @param failed tasks that did not succeed
 */
public record ModelTime(String model, int concurrency, long tasks, double seconds, long failed) {

    public ModelTime {
        Objects.requireNonNull(model, "model");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (failed < 0 || failed > tasks) {
            throw new IllegalArgumentException(failed + " failed of " + tasks + " tasks cannot be");
        }
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("seconds are a number from 0, not " + seconds);
        }
    }

    /** Tasks that succeeded in a second; empty when no time passed. */
    public OptionalDouble tasksPerSecond() {
        return seconds > 0 ? OptionalDouble.of((tasks - failed) / seconds) : OptionalDouble.empty();
    }

    /** How many times as fast as the other this was: 2 for half its time; empty when no time passed. */
    public OptionalDouble speedUpAgainst(ModelTime other) {
        return seconds > 0 ? OptionalDouble.of(other.seconds / seconds) : OptionalDouble.empty();
    }
}
