package dev.juggler.engine;

import static dev.juggler.engine.FakeWork.failed;
import static dev.juggler.engine.FakeWork.give;
import static dev.juggler.engine.FakeWork.succeeded;
import static dev.juggler.engine.FakeWork.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Job;
import dev.juggler.job.TaskCounts;
import dev.juggler.journal.Journal;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Runs with a journal that are stopped early and resumed. */
class JournalledRunTest {
    private static final int INPUTS = 400;

    @TempDir
    private Path folder;

    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void cancelledAndResumedEveryKeySucceedsExactlyOnce(ConcurrencyModel model) throws Exception {
        Path file = folder.resolve("journal.jsonl");
        JobPlan plan = JobPlan.under(model).ordered().retries(2, 1);
        // The run cannot end before it is cancelled, because the last hundred tasks wait for that.
        FakeWork first = new FakeWork((task, attempt) -> waitFor(
                task.index() < INPUTS - 100 ? 1 : 600_000, task.index() % 5 == attempt ? failed(true) : succeeded()));
        Job job = plan.job();
        JobRun run = fixture.builder(job, EngineFixture.numbers(INPUTS), first)
                .journal(Journal.create(file, job))
                .start();
        Waiting.until("some are done", () -> fixture.outcomes().size() > 40);
        run.cancel();
        TaskCounts before = fixture.ended(run).counts();
        assertTrue(before.succeeded() > 0 && before.succeeded() < INPUTS, before::toString);

        EngineFixture second = new EngineFixture();
        try {
            Journal resumed = Journal.resume(file, job);
            assertEquals(before.succeeded(), resumed.completed().initialSize());
            FakeWork rest = new FakeWork((task, attempt) -> give(succeeded()));
            RunReport report = second.run(plan, EngineFixture.numbers(INPUTS), rest, resumed);
            assertEquals(EndReason.COMPLETED, report.ending());
            assertEquals(before.succeeded(), report.counts().skipped());
            assertEquals(INPUTS - before.succeeded(), report.counts().succeeded());
            assertEquals(INPUTS, report.counts().submitted());
        } finally {
            second.close();
        }
        assertEachKeySucceededOnce(file);
    }

    private static void assertEachKeySucceededOnce(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            long rows = lines.filter(line -> line.contains("\"state\":\"succeeded\""))
                    .map(line -> line.replaceFirst(".*\"key\":\"(\\d+)\".*", "$1"))
                    .peek(key -> assertTrue(key.matches("\\d+"), key))
                    .count();
            assertEquals(INPUTS, rows);
        }
        try (Stream<String> lines = Files.lines(file)) {
            assertEquals(
                    INPUTS,
                    lines.filter(line -> line.contains("\"state\":\"succeeded\""))
                            .map(line -> line.replaceFirst(".*\"key\":\"(\\d+)\".*", "$1"))
                            .distinct()
                            .count());
        }
    }

    @Test
    void completedRunHasNothingToResume() throws Exception {
        Path file = folder.resolve("journal.jsonl");
        JobPlan plan = JobPlan.under(ConcurrencyModel.THREADS);
        fixture.run(
                plan,
                EngineFixture.numbers(50),
                new FakeWork((t, a) -> give(succeeded())),
                Journal.create(file, plan.job()));
        FakeWork idle = new FakeWork((task, attempt) -> give(failed(false)));
        RunReport report = fixture.run(plan, EngineFixture.numbers(50), idle, Journal.resume(file, plan.job()));
        assertEquals(new TaskCounts(50, 0, 0, 0, 0, 50, 0), report.counts());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @Test
    void unwritableJournalEndsTheRun() throws Exception {
        JobPlan plan = JobPlan.under(ConcurrencyModel.ASYNC);
        Journal journal = Journal.create(folder.resolve("journal.jsonl"), plan.job());
        journal.close();
        Source source = EngineFixture.numbers(1_000_000);
        RunReport report = fixture.run(plan, source, new FakeWork((t, a) -> waitFor(1, succeeded())), journal);
        assertEquals(EndReason.OUTPUT_FAILED, report.ending());
        assertTrue(report.error().contains("cannot write journal"), report.error());
    }

    @Test
    void journalThatCannotBeCompletedFailsTheRun() throws Exception {
        JobPlan plan = JobPlan.under(ConcurrencyModel.THREADS);
        Journal journal = Journal.create(folder.resolve("journal.jsonl"), plan.job());
        OutcomeHandler closing = outcomes -> journal.close();
        JobRun run = fixture.builder(plan.job(), EngineFixture.numbers(1), new FakeWork((t, a) -> give(succeeded())))
                .results(closing)
                .journal(journal)
                .start();
        assertEquals(EndReason.OUTPUT_FAILED, fixture.ended(run).ending());
    }
}
