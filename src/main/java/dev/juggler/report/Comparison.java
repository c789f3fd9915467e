package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;

/**
 * The measurements of one job under several concurrency models on one machine, as saved, merged and shown. In JSON,
 * {@code comparedJob} and {@code setup} add their fields to this record's.
 *
 * @param schema the version of this record's JSON
 * @param comparedJob the job that ran; not named {@code job}, which is one of its JSON fields
 * @param machine the machine it ran on
 * @param setup how it was measured
 * @param models the models' runs, in the order of the command line; at least one
 * @param differences a sentence for each model whose inputs or outcomes differed from the first run's; empty when all
 *     agreed
 */
public record Comparison(
        int schema,
        @JsonUnwrapped ComparedJob comparedJob,
        MachineInfo machine,
        @JsonUnwrapped MeasurementSetup setup,
        List<ModelRuns> models,
        List<String> differences) {
    /** The version that is written; a reader rejects any other. */
    public static final int SCHEMA = 2;

    /** The model that speed-ups refer to; without it, the first model takes its place. */
    private static final String BASELINE = "sequential";

    public Comparison {
        Objects.requireNonNull(comparedJob, "comparedJob");
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(setup, "setup");
        models = List.copyOf(models);
        differences = List.copyOf(differences);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs at least one model");
        }
    }

    /** The model that speed-ups refer to. */
    public ModelRuns baseline() {
        return models.stream()
                .filter(each -> each.model().equals(BASELINE))
                .findFirst()
                .orElse(models.getFirst());
    }

    /** The number of tasks in the job. */
    public long tasks() {
        return models.getFirst().runs().getFirst().counts().done();
    }

    /** The number of measured rounds. */
    public int rounds() {
        return models.stream().mapToInt(each -> each.runs().size()).min().orElse(0);
    }

    /** The rows of the table, one for each model. */
    public List<ModelSummary> summaries() {
        ModelRuns baseline = baseline();
        return models.stream().map(each -> ModelSummary.of(each, baseline)).toList();
    }

    /** Returns true if all tasks succeeded in all runs, with equal outcomes. */
    public boolean isClean() {
        return differences.isEmpty()
                && models.stream().flatMap(each -> each.runs().stream()).allMatch(MeasuredRun::isClean);
    }

    /** A copy without timelines. */
    public Comparison withoutTimelines() {
        List<ModelRuns> bare = models.stream().map(ModelRuns::withoutTimeline).toList();
        return new Comparison(schema, comparedJob, machine, setup, bare, differences);
    }
}
