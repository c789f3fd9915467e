package dev.juggler.compare;

import dev.juggler.job.EndReason;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs candidates in rounds, A B C A B C, so that changing load on the machine affects all of them alike: first
 * unmeasured warm-up rounds, then the measured ones, then on request one that records timelines. Confined to one
 * thread.
 */
public final class ComparisonRun {
    /** A candidate warms up until its runs have taken this long in total, */
    private static final double MIN_WARMUP_SECONDS = 3;

    /** but in no more rounds than this, unless more are requested. */
    private static final int MAX_WARMUP_ROUNDS = 20;

    private final List<Candidate> candidates;
    private final CandidateMeasurer measurer;
    private final ProgressListener listener;
    private final OutcomeEqualityCheck equality = new OutcomeEqualityCheck();
    private final Map<Candidate, List<MeasuredRun>> runs = new LinkedHashMap<>();
    private final Map<Candidate, Timeline> timelines = new LinkedHashMap<>();

    /** Receives every measured run and may stop the comparison. Called on the thread of {@link #run}. */
    public interface ProgressListener {
        /** A listener that ignores every run and never stops. */
        ProgressListener NONE = new ProgressListener() {
            @Override
            public void runEnded(String phase, Candidate candidate, MeasuredRun run) {}

            @Override
            public boolean isStopRequested() {
                return false;
            }
        };

        /**
         * Called after each run.
         *
         * @param phase the round, such as {@code warm-up 1} or {@code round 2 of 5}
         */
        void runEnded(String phase, Candidate candidate, MeasuredRun run);

        /** Returns true if no further run may begin. */
        boolean isStopRequested();
    }

    public ComparisonRun(List<Candidate> candidates, CandidateMeasurer measurer, ProgressListener listener) {
        this.candidates = List.copyOf(candidates);
        this.measurer = measurer;
        this.listener = listener;
    }

    /**
     * Runs all rounds and blocks until they are over. A comparison that is stopped ends early and keeps the results of
     * complete rounds.
     *
     * @param warmups unmeasured rounds; unless 0, candidates with short runs get more of them
     * @param rounds measured rounds
     * @param withTimelines true for one more round that records timelines; if {@code rounds} is 0, it is also measured
     * @throws IOException if a run could not start or could not be measured
     */
    public void run(int warmups, int rounds, boolean withTimelines) throws IOException, InterruptedException {
        warmUp(warmups);
        for (int i = 1; i <= rounds; i++) {
            addResults(runRound("round " + i + " of " + rounds, candidates, false));
        }
        if (withTimelines) {
            Map<Candidate, RunMeasurement> round = runRound("timelines", candidates, true);
            round.forEach((candidate, measured) -> timelines.put(candidate, measured.timeline()));
            if (rounds == 0) {
                addResults(round);
            }
        }
    }

    /** Repeats short runs: the JVM compiles code after enough calls and enough time, and one short run has neither. */
    private void warmUp(int rounds) throws IOException, InterruptedException {
        Map<Candidate, Double> seconds = new HashMap<>();
        List<Candidate> cold = candidates;
        for (int i = 1; rounds > 0 && i <= Math.max(rounds, MAX_WARMUP_ROUNDS) && !cold.isEmpty(); i++) {
            runRound("warm-up " + i, cold, false)
                    .forEach((candidate, measured) ->
                            seconds.merge(candidate, totalSeconds(measured.run()), Double::sum));
            boolean isLastRequested = i >= rounds;
            cold = candidates.stream()
                    .filter(each ->
                            !isLastRequested || seconds.getOrDefault(each, MIN_WARMUP_SECONDS) < MIN_WARMUP_SECONDS)
                    .toList();
        }
    }

    /** The run time with start-up, because starting child processes takes time too. */
    private static double totalSeconds(MeasuredRun run) {
        return run.cost().startSeconds() + run.cost().seconds();
    }

    /** Runs each candidate once. Returns an empty map if the round was stopped before its last run. */
    private Map<Candidate, RunMeasurement> runRound(String phase, List<Candidate> which, boolean withTimelines)
            throws IOException, InterruptedException {
        Map<Candidate, RunMeasurement> round = new LinkedHashMap<>();
        for (Candidate candidate : which) {
            if (listener.isStopRequested()) {
                return Map.of();
            }
            RunMeasurement measured = measurer.measure(candidate, withTimelines);
            listener.runEnded(phase, candidate, measured.run());
            if (measured.run().ending() == EndReason.INTERRUPTED) {
                return Map.of();
            }
            equality.add(candidate, phase, measured.run());
            round.put(candidate, measured);
        }
        return round;
    }

    private void addResults(Map<Candidate, RunMeasurement> round) {
        round.forEach((candidate, measured) ->
                runs.computeIfAbsent(candidate, any -> new ArrayList<>()).add(measured.run()));
    }

    /** Returns true if at least one complete round was measured. */
    public boolean hasResults() {
        return runs.size() == candidates.size();
    }

    /** The measured runs of each candidate, in the order of the candidates; needs {@link #hasResults}. */
    public List<ModelRuns> results() {
        return candidates.stream().map(this::result).toList();
    }

    private ModelRuns result(Candidate candidate) {
        return new ModelRuns(
                candidate.model().id(),
                candidate.model().pythonName(),
                candidate.workers(),
                candidate.concurrency(),
                runs.getOrDefault(candidate, List.of()),
                timelines.get(candidate));
    }

    /** A sentence for each candidate whose inputs or outcomes differed from the first run's; empty when all agreed. */
    public List<String> differences() {
        return equality.differences();
    }
}
