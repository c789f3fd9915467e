package dev.juggler.report;

import java.util.List;
import java.util.Objects;

/**
 * One job under several concurrency models on one machine, as measured: what is saved, merged and shown.
 *
 * @param schema the version of this record's JSON
 * @param job the command for a person, without what may be secret in it
 * @param work the kind of work
 * @param fingerprint what the work is known by: see {@link dev.juggler.job.WorkFingerprint}
 * @param machine where
 * @param started when, in UTC
 * @param warmups rounds before the measured ones
 * @param isolated whether each model had a JVM of its own
 * @param memory what the peak of memory is of, for a person
 * @param models in the order of the command
 * @param differences where outcomes were not the same in all runs; empty when they were
 */
public record Comparison(
        int schema,
        String job,
        String work,
        String fingerprint,
        MachineInfo machine,
        String started,
        int warmups,
        boolean isolated,
        String memory,
        List<ModelRuns> models,
        List<String> differences) {
    /** The version that is written; a reader refuses another one. */
    public static final int SCHEMA = 2;

    /** The model that the others are measured against, where it took part; otherwise the first one is. */
    private static final String BASELINE = "sequential";

    public Comparison {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(memory, "memory");
        models = List.copyOf(models);
        differences = List.copyOf(differences);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a comparison is of at least one model");
        }
    }

    /** What the others' speed-up is measured against. */
    public ModelRuns baseline() {
        return models.stream()
                .filter(each -> each.model().equals(BASELINE))
                .findFirst()
                .orElse(models.getFirst());
    }

    /** How many tasks the job has. */
    public long tasks() {
        return models.getFirst().runs().getFirst().counts().done();
    }

    /** Measured rounds. */
    public int rounds() {
        return models.stream().mapToInt(each -> each.runs().size()).min().orElse(0);
    }

    /** A row of the table for each model. */
    public List<ModelSummary> summaries() {
        ModelRuns baseline = baseline();
        return models.stream().map(each -> ModelSummary.of(each, baseline)).toList();
    }

    /** Whether all tasks succeeded in all runs, with the same outcomes. */
    public boolean isClean() {
        return differences.isEmpty()
                && models.stream().flatMap(each -> each.runs().stream()).allMatch(MeasuredRun::isClean);
    }

    /** The same without the pictures. */
    public Comparison withoutTimelines() {
        List<ModelRuns> bare = models.stream().map(ModelRuns::withoutTimeline).toList();
        return new Comparison(
                schema, job, work, fingerprint, machine, started, warmups, isolated, memory, bare, differences);
    }
}
