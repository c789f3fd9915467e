package dev.juggler.compare;

import dev.juggler.report.MeasuredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that every run, the warm-ups too, had the inputs of the first one and came to the same. */
final class OutcomeEqualityCheck {
    private Candidate firstContender;
    private MeasuredRun first;
    private final Map<Candidate, String> outcomes = new LinkedHashMap<>();
    private final Map<Candidate, String> inputs = new LinkedHashMap<>();

    void add(Candidate contender, String phase, MeasuredRun run) {
        if (first == null) {
            first = run;
            firstContender = contender;
        } else if (!run.inputs().equals(first.inputs())) {
            inputs.putIfAbsent(contender, phase);
        } else if (!run.outcomes().equals(first.outcomes())) {
            outcomes.putIfAbsent(contender, phase);
        }
    }

    List<String> differences() {
        List<String> differences = new ArrayList<>();
        inputs.forEach((contender, phase) -> differences.add("DIFFERENT INPUTS: " + contender + " in " + phase
                + " had other inputs than the first run of " + firstContender + ", or did not get to all of them"));
        outcomes.forEach((contender, phase) -> differences.add("DIFFERENT OUTCOMES: " + contender + " in " + phase
                + " did not come to the same as the first run of " + firstContender));
        return differences;
    }
}
