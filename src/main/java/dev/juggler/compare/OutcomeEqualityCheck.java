package dev.juggler.compare;

import dev.juggler.report.MeasuredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that every run, including warm-ups, had the inputs and the outcomes of the first one. */
final class OutcomeEqualityCheck {
    private @Nullable Candidate firstCandidate;
    private @Nullable MeasuredRun first;
    private final Map<Candidate, String> outcomes = new LinkedHashMap<>();
    private final Map<Candidate, String> inputs = new LinkedHashMap<>();

    void add(Candidate candidate, String phase, MeasuredRun run) {
        if (first == null) {
            first = run;
            firstCandidate = candidate;
        } else if (!run.digests().inputs().equals(first.digests().inputs())) {
            inputs.putIfAbsent(candidate, phase);
        } else if (!run.digests().outcomes().equals(first.digests().outcomes())) {
            outcomes.putIfAbsent(candidate, phase);
        }
    }

    /** A sentence for each candidate's first run with other inputs or outcomes; empty when all agree. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        inputs.forEach((candidate, phase) -> differences.add("DIFFERENT INPUTS: " + candidate + " in " + phase
                + " had other inputs than the first run of " + firstCandidate + ", or did not process all of them"));
        outcomes.forEach((candidate, phase) -> differences.add("DIFFERENT OUTCOMES: " + candidate + " in " + phase
                + " had other outcomes than the first run of " + firstCandidate));
        return differences;
    }
}
