package dev.juggler.engine;

import static dev.juggler.engine.FakeWork.failed;
import static dev.juggler.engine.FakeWork.give;
import static dev.juggler.engine.FakeWork.succeeded;
import static dev.juggler.engine.FakeWork.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.TaskError;
import dev.juggler.job.WorkSpec;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;

/** Scenarios of complete runs, each under every model. */
class EngineTest {
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void allSucceedAndNoMoreThanTheConcurrencyAreInFlight(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(2, succeeded()));
        JobPlan plan = JobPlan.under(model);
        RunReport report = fixture.run(plan, EngineFixture.numbers(60), work);
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(new TaskCounts(60, 60, 0, 0, 0, 0, 60), report.counts());
        assertEquals(60, fixture.outcomes().size());
        assertTrue(work.mostInFlight() <= plan.concurrency(), () -> work.mostInFlight() + " in flight");
        assertEquals(0, work.inFlight());
        assertTrue(work.isClosed());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void emptySourceIsAnEmptyRun(ConcurrencyModel model) throws Exception {
        RunReport report = fixture.run(JobPlan.under(model), new Script(List.of()), new FakeWork((t, a) -> give(null)));
        assertEquals(new TaskCounts(0, 0, 0, 0, 0, 0, 0), report.counts());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void failuresDoNotStopOtherTasks(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(task.index() % 3 == 0 ? failed(true) : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model), EngineFixture.numbers(300), work);
        assertEquals(new TaskCounts(300, 200, 100, 0, 0, 0, 300), report.counts());
        assertEquals(EndReason.COMPLETED, report.ending());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void retriesLeadToSuccessAndEveryAttemptHasItsOutcome(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(attempt <= task.index() % 3 ? failed(true) : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).retries(2, 3), EngineFixture.numbers(300), work);
        assertEquals(new TaskCounts(300, 300, 0, 0, 0, 0, 600), report.counts());
        assertEquals(600, fixture.outcomes().size());
        assertEquals(
                300,
                fixture.outcomes().stream()
                        .filter(o -> o.state() == OutcomeState.FAILED)
                        .count());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void permanentErrorsAreNotRetried(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(failed(task.index() < 5)));
        RunReport report = fixture.run(JobPlan.under(model).retries(2, 1), EngineFixture.numbers(10), work);
        assertEquals(new TaskCounts(10, 0, 10, 0, 0, 0, 20), report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void longAttemptsTimeOutAndTheWorkerContinues(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(task.index() % 10 == 0 ? 60_000 : 1, succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).timeout(400), EngineFixture.numbers(40), work);
        assertEquals(new TaskCounts(40, 36, 0, 4, 0, 0, 40), report.counts());
        Waiting.until("all have ended", () -> work.inFlight() == 0);
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void orderIsKeptForAnyDurationAndNumberOfAttempts(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(
                ThreadLocalRandom.current().nextInt(4), attempt <= task.index() % 2 ? failed(true) : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model).ordered().retries(3, 5), EngineFixture.numbers(80), work);
        assertEquals(80, report.counts().succeeded());
        List<Long> order = fixture.outcomes().stream()
                .filter(outcome -> outcome.state() == OutcomeState.SUCCEEDED)
                .map(outcome -> outcome.task().index())
                .toList();
        assertEquals(LongStream.range(0, 80).boxed().toList(), order);
    }

    /** All outcomes held for order wait for the first task, whose second attempt must not wait for free capacity. */
    @ParameterizedTest
    @ModelsInOneJvm
    void orderedRunContinuesWhenTheFirstTaskIsRetriedLate(ConcurrencyModel model) throws Exception {
        FakeWork work =
                new FakeWork((task, attempt) -> give(task.index() == 0 && attempt < 8 ? failed(true) : succeeded()));
        JobPlan plan =
                JobPlan.under(model).ordered().retries(10, 60).doing(new WorkSpec.ExecSpec(List.of("true"), false, 10));
        RunReport report = fixture.run(plan, EngineFixture.numbers(3_000), work);
        assertEquals(new TaskCounts(3_000, 3_000, 0, 0, 0, 0, 3_007), report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void aDefectInTheWorkIsAFailedAttempt(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> {
            switch ((int) task.index()) {
                case 0 -> throw new IllegalStateException("thrown");
                case 1 -> throw new AssertionError("asserted");
                case 2 -> throw new StackOverflowError();
                case 3 -> throw new InternalError("of the machine");
                default -> {
                    return give(task.index() == 4 ? null : succeeded());
                }
            }
        });
        RunReport report = fixture.run(JobPlan.under(model), EngineFixture.numbers(8), work);
        assertEquals(new TaskCounts(8, 3, 5, 0, 0, 0, 8), report.counts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void rateLimitsStarts(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> give(attempt == 1 ? failed(true) : succeeded()));
        long began = System.nanoTime();
        RunReport report =
                fixture.run(JobPlan.under(model).rate("100/s").retries(1, 1), EngineFixture.numbers(20), work);
        double seconds = (System.nanoTime() - began) / 1e9;
        assertEquals(new TaskCounts(20, 20, 0, 0, 0, 0, 40), report.counts());
        // 40 starts; those of a tenth of a second may happen at once.
        assertTrue(seconds >= (40 - 11) / 100.0, () -> "took only " + seconds + " s");
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void unreadableInputsEndTheRunAndStartedTasksAreAccountedFor(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(1, succeeded()));
        RunReport report = fixture.run(JobPlan.under(model), new Script(List.of(5, 5, -1)), work);
        assertEquals(EndReason.INPUT_FAILED, report.ending());
        assertEquals("the list cannot be read on", report.error());
        assertEquals(work.starts.sum(), report.counts().attempts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void unwritableResultsEndTheRun(ConcurrencyModel model) throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(1, succeeded()));
        OutcomeHandler full = outcomes -> {
            throw new IOException("no space left");
        };
        JobRun run = fixture.builder(JobPlan.under(model).job(), EngineFixture.numbers(1_000_000), work)
                .results(full)
                .start();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.OUTPUT_FAILED, report.ending());
        assertEquals("no space left", report.error());
        assertEquals(work.starts.sum(), report.counts().attempts());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void fullDiskEndsTheRunAndCompletedTasksAreReported(ConcurrencyModel model) throws Exception {
        Result full = new Result.Failed(TaskError.unwritable("no space left"));
        FakeWork work = new FakeWork((task, attempt) -> waitFor(1, task.index() == 50 ? full : succeeded()));
        RunReport report = fixture.run(JobPlan.under(model), EngineFixture.numbers(1_000_000), work);
        assertEquals(EndReason.OUTPUT_FAILED, report.ending());
        assertEquals("no space left: the run ends here, since others would fail too", report.error());
        assertEquals(1, report.counts().failed());
        assertTrue(report.counts().submitted() < 10_000, () -> report.counts().toString());
        assertEquals(
                report.counts().succeeded(),
                fixture.outcomes().stream().filter(Outcome::succeeded).count());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void runWithUndeployableWorkersFailsAndUndeploysAll(ConcurrencyModel model) {
        WorkProvider broken = new WorkProvider() {
            @Override
            public BlockingWork blocking() {
                throw new IllegalStateException("no session");
            }

            @Override
            public AsyncWork async(Vertx vertx) {
                throw new IllegalStateException("no session");
            }
        };
        JobRun run = fixture.start(JobPlan.under(model), EngineFixture.numbers(10), broken);
        Throwable failure =
                assertThrows(ExecutionException.class, () -> fixture.ended(run)).getCause();
        assertEquals("no session", failure.getMessage());
        assertEquals(0, fixture.vertx.deploymentIDs().size());
    }

    /** Returns pages with these numbers of tasks. Reading fails at -1. */
    private static final class Script implements Source {
        private final List<Integer> pages;
        private int page;
        private long index;

        Script(List<Integer> pages) {
            this.pages = pages;
        }

        @Override
        public List<Task> next(int max) throws IOException {
            int size = page < pages.size() ? pages.get(page++) : 0;
            if (size < 0) {
                throw new IOException("the list cannot be read on");
            }
            return LongStream.range(index, index += size)
                    .mapToObj(at -> new Task(at, new Input.Whole(at)))
                    .toList();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
