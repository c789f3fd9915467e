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
 * Runs contenders in rounds, A B C A B C, so that what changes on the machine meanwhile meets all of them alike: first
 * rounds that count for nothing, then those that are measured, then, when asked, one for the pictures.
 */
public final class ComparisonRun {
    /** Runs of a contender that together take less are not enough to warm up. */
    private static final double WARM_SECONDS = 3;
    /** Very short ones are not repeated for so long. */
    private static final int MOST_WARM_UPS = 20;

    private final List<Candidate> contenders;
    private final CandidateMeasurer measurer;
    private final ProgressListener watcher;
    private final OutcomeEqualityCheck equality = new OutcomeEqualityCheck();
    private final Map<Candidate, List<MeasuredRun>> runs = new LinkedHashMap<>();
    private final Map<Candidate, Timeline> timelines = new LinkedHashMap<>();

    /** Hears of every run that is over. */
    public interface ProgressListener {
        /**
         * A run is over.
         *
         * @param phase what the round is, such as {@code warm-up 1} or {@code round 2 of 5}
         */
        void ran(String phase, Candidate contender, MeasuredRun run);

        /** Whether no further run is to begin. */
        boolean stops();

        /** Does not care. */
        ProgressListener NONE = new ProgressListener() {
            @Override
            public void ran(String phase, Candidate contender, MeasuredRun run) {}

            @Override
            public boolean stops() {
                return false;
            }
        };
    }

    public ComparisonRun(List<Candidate> contenders, CandidateMeasurer measurer, ProgressListener watcher) {
        this.contenders = List.copyOf(contenders);
        this.measurer = measurer;
        this.watcher = watcher;
    }

    /**
     * Runs all rounds; blocks until then. A contest that is stopped ends early, with what was measured in whole rounds.
     *
     * @param warmups rounds that count for nothing; where there are any, contenders whose runs are short have more of them
     * @param rounds rounds that are measured
     * @param pictures whether there is one more round for timelines; without measured rounds before it, a run is both
     */
    public void run(int warmups, int rounds, boolean pictures) throws IOException, InterruptedException {
        warmUp(warmups);
        for (int i = 1; i <= rounds; i++) {
            count(round("round " + i + " of " + rounds, contenders, false));
        }
        if (pictures) {
            Map<Candidate, RunMeasurement> pictured = round("pictures", contenders, true);
            pictured.forEach((contender, measured) -> timelines.put(contender, measured.timeline()));
            if (rounds == 0) {
                count(pictured);
            }
        }
    }

    /** What the JVM has to compile is compiled by time and by calls: one short run is not enough of either. */
    private void warmUp(int rounds) throws IOException, InterruptedException {
        Map<Candidate, Double> seconds = new HashMap<>();
        List<Candidate> cold = contenders;
        for (int i = 1; rounds > 0 && i <= Math.max(rounds, MOST_WARM_UPS) && !cold.isEmpty(); i++) {
            round("warm-up " + i, cold, false)
                    .forEach((contender, measured) ->
                            seconds.merge(contender, tookSeconds(measured.run()), Double::sum));
            boolean enough = i >= rounds;
            cold = contenders.stream()
                    .filter(each -> !enough || seconds.getOrDefault(each, WARM_SECONDS) < WARM_SECONDS)
                    .toList();
        }
    }

    /** The start-up of child processes is not free either. */
    private static double tookSeconds(MeasuredRun run) {
        return run.startSeconds() + run.seconds();
    }

    /** A run of each; nothing when it was stopped before the last one. */
    private Map<Candidate, RunMeasurement> round(String phase, List<Candidate> which, boolean picture)
            throws IOException, InterruptedException {
        Map<Candidate, RunMeasurement> round = new LinkedHashMap<>();
        for (Candidate contender : which) {
            if (watcher.stops()) {
                return Map.of();
            }
            RunMeasurement measured = measurer.measure(contender, picture);
            watcher.ran(phase, contender, measured.run());
            if (measured.run().ending() == EndReason.INTERRUPTED) {
                return Map.of();
            }
            equality.add(contender, phase, measured.run());
            round.put(contender, measured);
        }
        return round;
    }

    private void count(Map<Candidate, RunMeasurement> round) {
        round.forEach((contender, measured) ->
                runs.computeIfAbsent(contender, any -> new ArrayList<>()).add(measured.run()));
    }

    /** Whether at least one whole round was measured. */
    public boolean hasResults() {
        return runs.size() == contenders.size();
    }

    /** What was measured of each, in their order. */
    public List<ModelRuns> results() {
        return contenders.stream().map(this::result).toList();
    }

    private ModelRuns result(Candidate contender) {
        return new ModelRuns(
                contender.model().id(),
                contender.model().pythonName(),
                contender.workers(),
                contender.concurrency(),
                runs.get(contender),
                timelines.get(contender));
    }

    /** Where runs did not come to the same; empty when all did. */
    public List<String> differences() {
        return equality.differences();
    }
}
