package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.NarrowServer;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Job;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.report.RunReport;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.fetch.FetchWork;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs with adaptive concurrency against servers that serve only a few concurrent requests. */
class AdaptiveRunTest {
    private static final int PLACES = 8;
    private static final int SERVICE_MILLIS = 15;
    private static final int PAGES = 400;
    private static final int MOST = 128;
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEQUENTIAL", "PROCESSES"})
    void concurrencyStaysNearTheServersLimitWhenRequestsQueue(ConcurrencyModel model) throws Exception {
        try (NarrowServer server = NarrowServer.queueing(PLACES, SERVICE_MILLIS)) {
            RunReport report = run(model, server);
            assertEquals(PAGES, report.counts().succeeded());
            assertNear(report);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEQUENTIAL", "PROCESSES"})
    void fewRequestsAreRejectedAndAllSucceed(ConcurrencyModel model) throws Exception {
        try (NarrowServer server = NarrowServer.refusing(PLACES, SERVICE_MILLIS)) {
            RunReport report = run(model, server);
            assertEquals(PAGES, report.counts().succeeded());
            assertTrue(server.refused() > 0, "it never tried more than the server does");
            assertTrue(server.refused() < PAGES / 10, () -> server.refused() + " refused");
            assertNear(report);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THREADS", "VIRTUAL"})
    void concurrencyOfComputingTasksIsNearTheNumberOfProcessors(ConcurrencyModel model) throws Exception {
        ComputeSpec spec = new ComputeSpec("sum-squares", Optional.empty(), List.of());
        Job job = adaptive(JobPlan.under(model).doing(spec).job());
        List<String> numbers = Collections.nCopies(300, "20000000");
        Source source = Sources.arguments(numbers, ExpansionMode.LITERAL);
        RunReport report = fixture.ended(
                fixture.builder(job, source, ComputeWork.prepare(spec)).start());

        assertEquals(300, report.counts().succeeded());
        int cores = Runtime.getRuntime().availableProcessors();
        assertTrue(report.concurrency() <= 2 * cores, () -> "found " + report.concurrency());
    }

    private static Job adaptive(Job fixed) {
        return fixed.toBuilder().model(fixed.model(), MOST).adaptive(true).build();
    }

    private RunReport run(ConcurrencyModel model, NarrowServer server) throws Exception {
        JobPlan plan = JobPlan.under(model).doing(FetchSpec.READ).retries(20, 10);
        Job job = adaptive(plan.job());
        Source source = Sources.arguments(List.of(server.page("{1.." + PAGES + "}")), ExpansionMode.BRACES);
        return fixture.ended(
                fixture.builder(job, source, FetchWork.prepare(FetchSpec.READ)).start());
    }

    /** Asserts a wide range, because other programs may load the machine. */
    private static void assertNear(RunReport report) {
        int found = report.concurrency();
        assertTrue(found >= PLACES / 2 && found <= PLACES * 3, () -> "found " + found + ", " + report.limit());
        assertEquals(MOST, report.limit().most());
        assertTrue(report.limit().highest() >= found);
    }
}
