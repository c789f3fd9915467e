package dev.juggler.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.process.ParentLink;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.Percentiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Measures in real child JVMs whose runs are simulated. */
class IsolatedMeasurerTest {
    private static final Candidate CANDIDATE = new Candidate(ConcurrencyModel.ASYNC, 64);

    /** Its assignment tells what its runs do. */
    public static final class SimulatingChild {
        public static void main(String... none) {
            ParentLink.serve((assignment, parent) -> {
                String behaviour = new String(assignment, StandardCharsets.UTF_8);
                parent.ready();
                return new MeasurementService(CANDIDATE, new SimulatedMeasurer(behaviour), parent, () -> {});
            });
        }
    }

    private static final class SimulatedMeasurer implements CandidateMeasurer {
        private final String behaviour;
        private int runs;

        SimulatedMeasurer(String behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public RunMeasurement measure(Candidate candidate, boolean withTimeline) throws IOException {
            switch (behaviour) {
                case "fail" -> throw new IOException("no space left\non device");
                case "die" -> Runtime.getRuntime().halt(3);
                default -> runs++;
            }
            return new RunMeasurement(
                    new MeasuredRun(
                            new MeasuredRun.Cost(runs, 0, 0, 0),
                            EndReason.COMPLETED,
                            new TaskCounts(1, 1, 0, 0, 0, 0, 1),
                            new Percentiles(0, 0, 0, 0, 0),
                            new MeasuredRun.Digests("inputs", candidate + " " + withTimeline)),
                    null);
        }

        @Override
        public String memory() {
            return "memory of größe";
        }

        @Override
        public void close() {}
    }

    private String behaviour = "succeed";

    @AutoClose
    private final IsolatedMeasurer measurer =
            new IsolatedMeasurer(SimulatingChild.class, candidate -> behaviour.getBytes(StandardCharsets.UTF_8));

    @Test
    void measuresAllRunsOfACandidateInOneJvm() throws Exception {
        MeasuredRun first = measurer.measure(CANDIDATE, false).run();
        MeasuredRun second = measurer.measure(CANDIDATE, true).run();

        assertEquals(1, first.cost().seconds());
        assertEquals("async 64 false", first.digests().outcomes());
        assertEquals(2, second.cost().seconds());
        assertEquals("async 64 true", second.digests().outcomes());
        assertEquals("memory of größe", measurer.memory());
    }

    @Test
    void reportsTheFailureOfARun() {
        behaviour = "fail";
        IOException failure = assertThrows(IOException.class, () -> measurer.measure(CANDIDATE, false));
        assertEquals("no space left\non device", failure.getMessage());
    }

    @Test
    void reportsTheEndOfAJvm() {
        behaviour = "die";
        IOException failure = assertThrows(IOException.class, () -> measurer.measure(CANDIDATE, false));
        assertEquals("the JVM of async 64 ended before its run did: it exited with 3", failure.getMessage());
    }
}
