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
import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The ways to stop a run early, each under every model. */
class StoppingTest {
    private static final long MANY = 1_000_000;
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void haltsAtANumberOfFailures(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(1, task.index() % 2 == 0 ? failed(true) : succeeded()));
        JobPlan plan = JobPlan.under(model).halt("5").chunks(1);
        RunReport report = fixture.run(plan, EngineFixture.numbers(MANY), work);
        assertEquals(EndReason.HALTED, report.ending());
        long failed = report.counts().failed();
        assertTrue(failed >= 5 && failed < 5 + plan.concurrency(), () -> failed + " failed");
        assertEquals(work.starts.sum(), report.counts().attempts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void haltsAtAShareOfFailures(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(task.index() >= 100 ? failed(false) : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).halt("20%").chunks(1), EngineFixture.numbers(MANY), work);
        assertEquals(EndReason.HALTED, report.ending());
        TaskCounts counts = report.counts();
        assertTrue(counts.failed() * 5 >= counts.done() - counts.cancelled(), counts::toString);
        assertTrue(counts.failed() < 40, counts::toString);
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void retriedFailuresDoNotHalt(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(attempt == 1 ? failed(true) : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).halt("1").retries(1, 1), EngineFixture.numbers(50), work);
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void theDeadlineEndsTheTasksInFlight(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(task.index() < 3 ? 1 : 600_000, succeeded()));
        JobPlan plan = JobPlan.under(model).deadline(1_000).chunks(1);
        RunReport report = fixture.run(plan, EngineFixture.numbers(MANY), work);
        assertEquals(EndReason.DEADLINE, report.ending());
        assertEquals(
                new TaskCounts(3 + plan.concurrency(), 3, 0, 0, plan.concurrency(), 0, 3 + plan.concurrency()),
                report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void drainingLetsTheTasksInFlightEndAndBeginsNoMore(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(50, succeeded()));
        JobPlan plan = JobPlan.under(model).chunks(1000);
        JobRun run = fixture.start(plan, EngineFixture.numbers(MANY), work);
        Waiting.until("tasks are in flight", () -> work.inFlight() == plan.concurrency());
        run.drain();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(work.starts.sum(), report.counts().succeeded());
        // One more task per worker may start before the stop arrives, or several on a stalled machine; a chunk has
        // 1000.
        assertTrue(work.starts.sum() < 500, () -> work.starts.sum() + " started");
        assertEquals(report.counts().attempts(), report.counts().succeeded());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void cancellingEndsTheTasksInFlight(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(600_000, succeeded()));
        JobPlan plan = JobPlan.under(model).chunks(100).ordered();
        JobRun run = fixture.start(plan, EngineFixture.numbers(MANY), work);
        Waiting.until("tasks are in flight", () -> work.inFlight() == plan.concurrency());
        run.drain();
        run.cancel();
        run.cancel();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(report.counts().submitted(), report.counts().cancelled());
        assertEquals(plan.concurrency(), report.counts().attempts());
        assertEquals(report.counts().submitted(), fixture.outcomes().size());
        assertEquals(0, work.inFlight());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void cancellingDoesNotWaitForRetriesOrTheRateLimit(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(failed(true)));
        JobRun run = fixture.start(
                JobPlan.under(model).retries(5, 3_600_000).rate("1/h"), EngineFixture.numbers(MANY), work);
        Waiting.until("a task has failed", () -> !fixture.outcomes().isEmpty());
        run.cancel();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(new TaskCounts(1, 0, 1, 0, 0, 0, 1), report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void aRunCanBeCancelledBeforeItHasBegun(ConcurrencyModel model) throws Exception {
        JobRun run = fixture.start(
                JobPlan.under(model), EngineFixture.numbers(MANY), new FakeWork((t, a) -> waitFor(1, succeeded())));
        run.drain();
        run.cancel();
        assertEquals(EndReason.INTERRUPTED, fixture.ended(run).ending());
    }

    @Test
    void drainingDoesNotWaitForInputsThatDoNotCome() throws Exception {
        Pipe pipe = new Pipe();
        JobRun run = fixture.start(JobPlan.under(ConcurrencyModel.THREADS), pipe, succeeding());
        Waiting.until("the first input is done", () -> fixture.outcomes().size() == 1);
        run.drain();
        assertEquals(new TaskCounts(1, 1, 0, 0, 0, 0, 1), fixture.ended(run).counts());
        pipe.closed.countDown();
    }

    @Test
    void theDeadlineDoesNotWaitForInputsThatDoNotCome() throws Exception {
        Pipe pipe = new Pipe();
        RunReport report = fixture.run(JobPlan.under(ConcurrencyModel.ASYNC).deadline(200), pipe, succeeding());
        assertEquals(EndReason.DEADLINE, report.ending());
        pipe.closed.countDown();
    }

    private static FakeWork succeeding() {
        return new FakeWork((task, attempt) -> give(succeeded()));
    }

    /** Returns one input, and then blocks. */
    private static final class Pipe implements Source {
        private final CountDownLatch closed = new CountDownLatch(1);
        private boolean first = true;

        @Override
        public List<Task> next(int max) {
            if (first) {
                first = false;
                return List.of(new Task(0, new Input.Whole(0)));
            }
            while (closed.getCount() > 0) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    // A read of standard input is not interruptible either.
                    continue;
                }
            }
            return List.of();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            // Does not end a read.
        }
    }
}
