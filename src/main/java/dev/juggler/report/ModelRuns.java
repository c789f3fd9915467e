package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The measured runs of one job under one model.
 *
 * @param model the name of the model
 * @param python the Python construct that corresponds to it
 * @param workers verticles or processes that execute tasks
 * @param inFlight tasks in flight over all workers
 * @param runs at least one, in the order of the rounds
 * @param timeline the timeline of one more run; null if none was requested
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelRuns(
        String model,
        String python,
        int workers,
        int inFlight,
        List<MeasuredRun> runs,
        @Nullable Timeline timeline) {

    public ModelRuns {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(python, "python");
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("no run of " + model);
        }
        if (workers < 1 || inFlight < 1) {
            throw new IllegalArgumentException("at least 1 worker with 1 task, not " + workers + " and " + inFlight);
        }
    }

    /** The model and its concurrency, such as {@code threads 6}; without a number for one task at a time. */
    public String label() {
        return inFlight == 1 && workers == 1 ? model : model + " " + inFlight;
    }

    /** The wall times of the runs without start-up, in seconds. */
    public double[] seconds() {
        return runs.stream().mapToDouble(run -> run.cost().seconds()).toArray();
    }
    /** A copy without the timeline. */
    public ModelRuns withoutTimeline() {
        return new ModelRuns(model, python, workers, inFlight, runs, null);
    }
}
