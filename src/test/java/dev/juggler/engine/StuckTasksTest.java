package dev.juggler.engine;

import static dev.juggler.engine.FakeWork.succeeded;
import static dev.juggler.engine.FakeWork.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.engine.FakeWork.Act;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.RunReport;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tasks that never return and ignore interrupts: they time out, their workers are replaced, and the batch continues.
 */
class StuckTasksTest {
    private final EngineFixture fixture = new EngineFixture();
    private FakeWork work;

    @AfterEach
    void close() throws Exception {
        work.release();
        Waiting.until("what was stuck has come back", () -> work.inFlight() == 0);
        fixture.close();
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void oneThatComputesForEverTimesOut(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> task.index() == 3 ? new Act.Spin() : waitFor(1, succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).timeout(400), EngineFixture.numbers(40), work);
        assertEquals(new TaskCounts(40, 39, 0, 1, 0, 0, 40), report.counts());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    /**
     * A stuck task per processor occupies every carrier of virtual threads, and two of four event loops. Tasks that
     * wait on virtual threads cannot continue until carriers are added, so they may time out as well.
     */
    @ParameterizedTest
    @ModelsInOneJvm
    void severalThatComputeForEverTimeOut(ConcurrencyModel model) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        int stuck = model == ConcurrencyModel.ASYNC ? 2 : Math.min(4, processors);
        work = new FakeWork((task, attempt) -> task.index() < stuck ? new Act.Spin() : waitFor(1, succeeded()));
        JobPlan plan = JobPlan.under(model).timeout(400);
        RunReport report = fixture.run(plan, EngineFixture.numbers(40), work);
        long most = model == ConcurrencyModel.VIRTUAL ? stuck + plan.concurrency() : stuck;
        TaskCounts counts = report.counts();
        assertTrue(counts.timedOut() >= stuck && counts.timedOut() <= most, counts::toString);
        assertEquals(40 - counts.timedOut(), counts.succeeded());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void severalThatWaitForEverTimeOut(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> task.index() % 8 == 0 ? new Act.Deaf() : waitFor(1, succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).timeout(400), EngineFixture.numbers(40), work);
        assertEquals(new TaskCounts(40, 35, 0, 5, 0, 0, 40), report.counts());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void oneThatSucceedsOnItsSecondTryIsDone(ConcurrencyModel model) throws Exception {
        work = new FakeWork(
                (task, attempt) -> task.index() == 3 && attempt == 1 ? new Act.Spin() : waitFor(1, succeeded()));
        RunReport report =
                fixture.run(JobPlan.under(model).timeout(400).retries(1, 1), EngineFixture.numbers(20), work);
        assertEquals(new TaskCounts(20, 20, 0, 0, 0, 0, 21), report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void theRestOfItsChunkIsDoneElsewhere(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> task.index() == 3 ? new Act.Spin() : FakeWork.give(succeeded()));
        RunReport report =
                fixture.run(JobPlan.under(model).chunks(10).timeout(400).ordered(), EngineFixture.numbers(100), work);
        assertEquals(new TaskCounts(100, 99, 0, 1, 0, 0, 100), report.counts());
        List<Long> order = fixture.outcomes().stream()
                .map(outcome -> outcome.task().index())
                .toList();
        assertEquals(order.stream().sorted().toList(), order);
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void cancellingDoesNotWaitForThem(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> new Act.Spin());
        JobRun run = fixture.start(JobPlan.under(model), EngineFixture.numbers(1_000_000), work);
        Waiting.until("a task is stuck", () -> work.inFlight() > 0);
        run.cancel();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(report.counts().submitted(), report.counts().cancelled());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void theDeadlineDoesNotWaitForThem(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> task.index() % 2 == 0 ? new Act.Deaf() : new Act.Spin());
        RunReport report = fixture.run(JobPlan.under(model).deadline(600), EngineFixture.numbers(100), work);
        assertEquals(EndReason.DEADLINE, report.ending());
        assertTrue(report.counts().submitted() > 0);
        assertEquals(report.counts().submitted(), report.counts().cancelled());
    }

    /** The run has few event loops. When the last one is stuck, it can only end with an error. */
    @ParameterizedTest
    @EnumSource(value = ConcurrencyModel.class, names = "ASYNC")
    void withoutAnEventLoopLeftTheRunEnds(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> new Act.Spin());
        RunReport report = fixture.run(JobPlan.under(model).timeout(50), EngineFixture.numbers(100), work);
        assertEquals(EndReason.WORKERS_FAILED, report.ending());
        assertEquals(3, report.counts().timedOut());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void whatOneBringsLateIsDropped(ConcurrencyModel model) throws Exception {
        work = new FakeWork((task, attempt) -> task.index() == 0 ? new Act.Spin() : waitFor(5, succeeded()));
        JobRun run = fixture.start(JobPlan.under(model).timeout(400), EngineFixture.numbers(60), work);
        Waiting.until(
                "the stuck task has timed out",
                () -> !fixture.outcomes().isEmpty()
                        && fixture.outcomes().stream()
                                .anyMatch(outcome -> outcome.task().index() == 0));
        work.release();
        RunReport report = fixture.ended(run);
        assertEquals(new TaskCounts(60, 59, 0, 1, 0, 0, 60), report.counts());
        Waiting.until("nothing is in flight any more", () -> work.inFlight() == 0);
    }
}
