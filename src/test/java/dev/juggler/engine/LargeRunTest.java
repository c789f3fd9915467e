package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Outcome;
import dev.juggler.report.RunReport;
import dev.juggler.work.compute.ComputeWork;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Runs with more inputs than fit in memory. */
class LargeRunTest {
    private static final long MILLION = 1_000_000;
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void aMillionTasksInAdaptiveChunksAndInOrder(ConcurrencyModel model) throws Exception {
        runMillion(JobPlan.under(model).ordered());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void aMillionTasksInFixedChunks(ConcurrencyModel model) throws Exception {
        runMillion(JobPlan.under(model).chunks(1_000));
    }

    private void runMillion(JobPlan plan) throws Exception {
        AtomicLong next = new AtomicLong();
        OutcomeHandler counting = outcomes -> {
            for (Outcome outcome : outcomes) {
                long place = next.getAndIncrement();
                assertTrue(!plan.keepOrder() || outcome.task().index() == place, () -> outcome + " at " + place);
            }
        };
        ComputeWork work = ComputeWork.prepare(ComputeWork.spec("square", List.of()));
        JobRun run = fixture.builder(plan.job(), EngineFixture.numbers(MILLION), work)
                .results(counting)
                .start();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(MILLION, report.counts().succeeded());
        assertEquals(MILLION, next.get());
    }

    /** Runs in a separate JVM, whose heap cannot hold the tasks or the outcomes. */
    @Test
    void manyMillionsRunInASmallHeap() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process child = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Small.class.getName())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), told);
        assertEquals(0, child.exitValue(), told);
        assertTrue(told.contains("succeeded=" + Small.INPUTS), told);
    }

    /** The main class of the separate JVM. */
    static final class Small {
        private static final long INPUTS = 20 * MILLION;

        private Small() {}

        static void main(String[] args) throws Exception {
            EngineFixture fixture = new EngineFixture();
            JobPlan plan = JobPlan.under(ConcurrencyModel.THREADS);
            ComputeWork work = ComputeWork.prepare(ComputeWork.spec("square", List.of()));
            RunReport report = fixture.ended(fixture.builder(plan.job(), EngineFixture.numbers(INPUTS), work)
                    .results(OutcomeHandler.NONE)
                    .start());
            System.out.println(report.counts());
            System.exit(0);
        }
    }
}
