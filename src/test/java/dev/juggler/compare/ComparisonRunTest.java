package dev.juggler.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ComparisonRunTest {
    private static final Candidate LOOP = new Candidate(ConcurrencyModel.SEQUENTIAL, 1);
    private static final Candidate ASYNC = new Candidate(ConcurrencyModel.ASYNC, 64);

    private final List<String> order = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;
    private ToDoubleFunction<Candidate> seconds = candidate -> 3;

    @Test
    void runsInTurnAndKeepsOnlyMeasuredRounds() throws Exception {
        ComparisonRun run = comparisonRun(ASYNC, 99, "same");
        run.run(1, 2, true);

        assertEquals(
                List.of(
                        "warm-up 1: sequential",
                        "warm-up 1: async 64",
                        "round 1 of 2: sequential",
                        "round 1 of 2: async 64",
                        "round 2 of 2: sequential",
                        "round 2 of 2: async 64",
                        "timelines: sequential",
                        "timelines: async 64"),
                order);
        assertEquals(2, run.results().getFirst().runs().size());
        assertEquals(List.of(), run.differences());
    }

    @Test
    void shortRunsWarmUpForThreeSecondsInTotal() throws Exception {
        seconds = candidate -> candidate.equals(ASYNC) ? 0.8 : 2;
        comparisonRun(ASYNC, 99, "same").run(1, 1, false);
        assertEquals(
                List.of(
                        "warm-up 1: sequential",
                        "warm-up 1: async 64",
                        "warm-up 2: sequential",
                        "warm-up 2: async 64",
                        "warm-up 3: async 64",
                        "warm-up 4: async 64",
                        "round 1 of 1: sequential",
                        "round 1 of 1: async 64"),
                order);
    }

    @Test
    void veryShortRunsWarmUpInTwentyRoundsOrAsManyAsRequested() throws Exception {
        seconds = candidate -> 0.001;
        comparisonRun(ASYNC, 99, "same").run(1, 0, false);
        assertEquals(20 * 2, order.size());
        order.clear();
        comparisonRun(ASYNC, 99, "same").run(25, 0, false);
        assertEquals(25 * 2, order.size());
        order.clear();
        comparisonRun(ASYNC, 99, "same").run(0, 1, false);
        assertEquals(2, order.size());
    }

    @Test
    void namesTheFirstRunWithOtherOutcomes() throws Exception {
        ComparisonRun run = comparisonRun(ASYNC, 2, "other");

        run.run(1, 2, false);

        assertEquals(
                List.of("DIFFERENT OUTCOMES: async 64 in round 1 of 2 had other outcomes than the first run of"
                        + " sequential"),
                run.differences());
    }

    @Test
    void dropsAStoppedRound() throws Exception {
        ComparisonRun early = comparisonRun(ASYNC, 99, "same");
        stopAfter = 3;
        early.run(0, 5, false);
        assertTrue(early.hasResults());
        assertEquals(1, early.results().getFirst().runs().size());

        order.clear();
        ComparisonRun atOnce = comparisonRun(ASYNC, 99, "same");
        stopAfter = 1;
        atOnce.run(0, 5, false);
        assertFalse(atOnce.hasResults());
    }

    /** A comparison in which a candidate's outcome changes from its given run on, counted from 1. */
    private ComparisonRun comparisonRun(Candidate changing, int from, String outcome) {
        CandidateMeasurer measurer = new CandidateMeasurer() {
            private int runs;

            @Override
            public RunMeasurement measure(Candidate candidate, boolean withTimeline) {
                boolean differs = candidate.equals(changing) && ++runs >= from;
                return new RunMeasurement(run(seconds.applyAsDouble(candidate), differs ? outcome : "same"), null);
            }

            @Override
            public String memory() {
                return "none";
            }

            @Override
            public void close() {}
        };
        return new ComparisonRun(List.of(LOOP, ASYNC), measurer, new ComparisonRun.ProgressListener() {
            @Override
            public void runEnded(String phase, Candidate candidate, MeasuredRun run) {
                order.add(phase + ": " + candidate);
            }

            @Override
            public boolean isStopRequested() {
                return order.size() >= stopAfter;
            }
        });
    }

    private static MeasuredRun run(double seconds, String outcomes) {
        TaskCounts counts = new TaskCounts(1, 1, 0, 0, 0, 0, 1);
        return new MeasuredRun(
                new MeasuredRun.Cost(seconds, 0, 0, 0),
                EndReason.COMPLETED,
                counts,
                new Percentiles(0, 0, 0, 0, 0),
                new MeasuredRun.Digests("inputs", outcomes));
    }
}
