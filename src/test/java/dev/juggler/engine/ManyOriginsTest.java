package dev.juggler.engine;

import static dev.juggler.engine.FakeWork.give;
import static dev.juggler.engine.FakeWork.succeeded;
import static dev.juggler.engine.FakeWork.waitFor;
import static dev.juggler.engine.FakeWork.waitUntil;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Limits;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.Rate;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.TaskError;
import dev.juggler.report.RunReport;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits and pauses per origin, under every model. */
class ManyOriginsTest {
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** The tens digit of an input is its origin: 0 to 9 for a hundred inputs. */
    private static String origin(Task task) {
        return "origin-" + task.index() / 10 % 10;
    }

    /** Work whose tasks have origins, which counts the tasks of each that are in flight. */
    private static final class Grouped implements WorkProvider {
        private final FakeWork work;
        private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        private final AtomicInteger mostOfOneOrigin = new AtomicInteger();

        Grouped(FakeWork work) {
            this.work = work;
        }

        private AtomicInteger begin(Task task) {
            AtomicInteger ofOrigin = running.computeIfAbsent(origin(task), each -> new AtomicInteger());
            mostOfOneOrigin.accumulateAndGet(ofOrigin.incrementAndGet(), Math::max);
            return ofOrigin;
        }

        @Override
        public BlockingWork blocking() {
            BlockingWork inner = work.blocking();
            return task -> {
                AtomicInteger ofOrigin = begin(task);
                try {
                    return inner.run(task);
                } finally {
                    ofOrigin.decrementAndGet();
                }
            };
        }

        @Override
        public AsyncWork async(Vertx vertx) {
            AsyncWork inner = work.async(vertx);
            return (task, cancellation) -> {
                AtomicInteger ofOrigin = begin(task);
                return inner.start(task, cancellation).andThen(ended -> ofOrigin.decrementAndGet());
            };
        }

        @Override
        public String group(Task task) {
            return origin(task);
        }
    }

    private static JobPlan plan(ConcurrencyModel model, Integer inFlight, String rate) {
        PerGroup limits = new PerGroup(
                Optional.ofNullable(inFlight), Optional.ofNullable(rate).map(Rate::parse), Duration.ofSeconds(2));
        return JobPlan.under(model).limits(Limits.NONE.with(limits));
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void originsKeepTheirLimitOfTasksInFlight(ConcurrencyModel model) throws Exception {
        Grouped work = new Grouped(new FakeWork((task, attempt) -> waitFor(2, succeeded())));
        RunReport report = fixture.run(plan(model, 1, null).ordered(), EngineFixture.numbers(100), work);
        assertEquals(new TaskCounts(100, 100, 0, 0, 0, 0, 100), report.counts());
        assertEquals(1, work.mostOfOneOrigin.get());
        assertEquals(LongStream.range(0, 100).boxed().toList(), indexes());
    }

    private static long ended(Outcome outcome) {
        return outcome.startedMicros() + outcome.runNanos() / 1_000;
    }

    private List<Long> indexes() {
        return fixture.outcomes().stream()
                .map(outcome -> outcome.task().index())
                .toList();
    }

    /** The first hundred inputs are of the slow origin; all others end while its first ones still wait. */
    @ParameterizedTest
    @EnumSource(
            value = ConcurrencyModel.class,
            names = {"SEQUENTIAL", "PROCESSES"},
            mode = EnumSource.Mode.EXCLUDE)
    void slowOriginDoesNotDelayOthers(ConcurrencyModel model) throws Exception {
        FakeWork work =
                new FakeWork((task, attempt) -> task.index() < 10 ? waitFor(60_000, succeeded()) : give(succeeded()));
        JobRun run = fixture.start(plan(model, 2, null), EngineFixture.numbers(1_000), new Grouped(work));
        Waiting.until("all others are done", () -> fixture.outcomes().size() >= 900);
        assertTrue(
                fixture.outcomes().stream().noneMatch(outcome -> outcome.task().index() < 10));
        run.cancel();
        TaskCounts counts = fixture.ended(run).counts();
        assertEquals(2, counts.cancelled());
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void originThatRequestsAPauseIsPaused(ConcurrencyModel model) throws Exception {
        Result busy = new Result.Failed(TaskError.passing("http-status", "503").pausing(Duration.ofMillis(700)));
        // The other first tasks last until the response is known, so that their successors start in the pause or after
        // it.
        FakeWork work = new FakeWork((task, attempt) -> {
            if (task.index() == 0 && attempt == 1) {
                return give(busy);
            }
            return task.index() < 10 ? waitUntil(() -> !fixture.outcomes().isEmpty(), succeeded()) : give(succeeded());
        });
        RunReport report = fixture.run(
                plan(model, null, null).retries(3, 1).chunks(1), EngineFixture.numbers(2_000), new Grouped(work));
        assertEquals(new TaskCounts(2_000, 2_000, 0, 0, 0, 0, 2_001), report.counts());
        Outcome first = fixture.outcomes().getFirst();
        assertEquals(busy, first.result());
        // At most four tasks were in flight when the response arrived, and could not be held back.
        long asked = fixture.outcomes().stream()
                .filter(outcome -> origin(outcome.task()).equals("origin-0"))
                .filter(outcome -> outcome.startedMicros() < ended(first) + 650_000)
                .count();
        assertTrue(asked <= 1 + 4, () -> asked + " were asked during the pause");
    }

    @ParameterizedTest
    @ModelsInOneJvm
    void pausesAreLimited(ConcurrencyModel model) throws Exception {
        Result busy = new Result.Failed(TaskError.passing("http-status", "429").pausing(Duration.ofDays(300)));
        FakeWork work = new FakeWork((task, attempt) -> give(attempt == 1 && task.index() == 5 ? busy : succeeded()));
        PerGroup limits = new PerGroup(Optional.empty(), Optional.of(Rate.parse("1000/s")), Duration.ofMillis(300));
        JobPlan plan = JobPlan.under(model).limits(Limits.NONE.with(limits)).retries(1, 1);
        RunReport report = fixture.run(plan, EngineFixture.numbers(20), new Grouped(work));
        assertEquals(new TaskCounts(20, 20, 0, 0, 0, 0, 21), report.counts());
    }

    /** Stops a run in a pause, with results held for order behind a task that never started. */
    @ParameterizedTest
    @ModelsInOneJvm
    void runThatIsStoppedInAPauseAccountsForAllTasks(ConcurrencyModel model) throws Exception {
        Result busy = new Result.Failed(TaskError.passing("http-status", "503").pausing(Duration.ofDays(1)));
        FakeWork work = new FakeWork((task, attempt) -> give(task.index() == 0 ? busy : succeeded()));
        PerGroup limits = new PerGroup(Optional.empty(), Optional.empty(), Duration.ofHours(1));
        JobPlan plan = plan(model, null, null)
                .limits(Limits.NONE.with(limits))
                .retries(5, 1)
                .ordered()
                .chunks(1);
        JobRun run = fixture.start(plan, EngineFixture.numbers(100), new Grouped(work));
        Waiting.until("all that may be done is done", () -> work.starts.sum() >= 91);
        run.drain();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(1, report.counts().failed());
        long ended = fixture.outcomes().stream()
                .filter(outcome -> outcome.state() != OutcomeState.CANCELLED)
                .count();
        assertEquals(report.counts().attempts(), ended);
    }
}
