package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * All measured runs of one job under one model.
 *
 * @param model the name of the model
 * @param python what a Python programmer calls it
 * @param workers verticles, or processes, that do tasks
 * @param inFlight tasks at a time, over all workers
 * @param runs at least one, in the order of the rounds
 * @param timeline what one more run looked like; null when nobody asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelRuns(
        String model, String python, int workers, int inFlight, List<MeasuredRun> runs, Timeline timeline) {

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

    /** The model and how many at a time, such as {@code threads 6}; the sequential model alone. */
    public String label() {
        return inFlight == 1 && workers == 1 ? model : model + " " + inFlight;
    }

    /** Wall times of the runs, without start-up, in seconds. */
    public double[] seconds() {
        return runs.stream().mapToDouble(MeasuredRun::seconds).toArray();
    }

    /** The same without the picture. */
    public ModelRuns withoutTimeline() {
        return new ModelRuns(model, python, workers, inFlight, runs, null);
    }
}
