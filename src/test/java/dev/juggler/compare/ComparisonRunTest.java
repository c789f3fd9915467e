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
    private ToDoubleFunction<Candidate> seconds = contender -> 3;

    @Test
    void runsInTurnAndCountsOnlyWhatIsMeasured() throws Exception {
        ComparisonRun contest = contest(ASYNC, 99, "same");

        contest.run(1, 2, true);

        assertEquals(
                List.of(
                        "warm-up 1: sequential",
                        "warm-up 1: async 64",
                        "round 1 of 2: sequential",
                        "round 1 of 2: async 64",
                        "round 2 of 2: sequential",
                        "round 2 of 2: async 64",
                        "pictures: sequential",
                        "pictures: async 64"),
                order);
        assertEquals(2, contest.results().getFirst().runs().size());
        assertEquals(List.of(), contest.differences());
    }

    @Test
    void shortRunsWarmUpUntilTheyHaveTakenThreeSecondsTogether() throws Exception {
        seconds = contender -> contender.equals(ASYNC) ? 0.8 : 2;
        contest(ASYNC, 99, "same").run(1, 1, false);
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
    void veryShortRunsWarmUpTwentyTimesOrAsOftenAsIsSaid() throws Exception {
        seconds = contender -> 0.001;
        contest(ASYNC, 99, "same").run(1, 0, false);
        assertEquals(20 * 2, order.size());
        order.clear();
        contest(ASYNC, 99, "same").run(25, 0, false);
        assertEquals(25 * 2, order.size());
        order.clear();
        contest(ASYNC, 99, "same").run(0, 1, false);
        assertEquals(2, order.size());
    }

    @Test
    void tellsWhichRunCameToSomethingElse() throws Exception {
        ComparisonRun contest = contest(ASYNC, 2, "other");

        contest.run(1, 2, false);

        assertEquals(
                List.of("DIFFERENT OUTCOMES: async 64 in round 1 of 2 did not come to the same as the first run of"
                        + " sequential"),
                contest.differences());
    }

    @Test
    void aRoundThatWasStoppedDoesNotCount() throws Exception {
        ComparisonRun early = contest(ASYNC, 99, "same");
        stopAfter = 3;
        early.run(0, 5, false);
        assertTrue(early.hasResults());
        assertEquals(1, early.results().getFirst().runs().size());

        order.clear();
        ComparisonRun atOnce = contest(ASYNC, 99, "same");
        stopAfter = 1;
        atOnce.run(0, 5, false);
        assertFalse(atOnce.hasResults());
    }

    /** One whose contender comes to another outcome from its so-manieth run on. */
    private ComparisonRun contest(Candidate odd, int from, String outcome) {
        CandidateMeasurer measurer = new CandidateMeasurer() {
            private int runsOfOdd;

            @Override
            public RunMeasurement measure(Candidate contender, boolean picture) {
                boolean differs = contender.equals(odd) && ++runsOfOdd >= from;
                return new RunMeasurement(run(seconds.applyAsDouble(contender), differs ? outcome : "same"), null);
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
            public void ran(String phase, Candidate contender, MeasuredRun run) {
                order.add(phase + ": " + contender);
            }

            @Override
            public boolean stops() {
                return order.size() >= stopAfter;
            }
        });
    }

    private static MeasuredRun run(double seconds, String outcomes) {
        TaskCounts counts = new TaskCounts(1, 1, 0, 0, 0, 0, 1);
        return new MeasuredRun(
                seconds, 0, 0, 0, EndReason.COMPLETED, counts, new Percentiles(0, 0, 0, 0, 0), "inputs", outcomes);
    }
}
