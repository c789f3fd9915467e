package dev.juggler.engine;

import static dev.juggler.engine.FakeWork.give;
import static dev.juggler.engine.FakeWork.succeeded;
import static dev.juggler.engine.FakeWork.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Outcome;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.report.ChosenModel;
import dev.juggler.report.RunReport;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that choose their model: the first tasks are part of the job, and each task runs once. */
class ChoosingRunTest {
    private final EngineFixture fixture = new EngineFixture();
    private final List<ChosenModel> told = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void waitingTasksContinueUnderAnotherModelInOrderAndOnce() throws Exception {
        FakeWork work = new FakeWork((task, attempt) -> waitFor(30, succeeded()));
        RunReport report = run(plan().ordered(), 400, work);

        assertEquals(400, report.counts().succeeded());
        assertEquals(400, work.starts.sum());
        assertEquals("virtual", report.model());
        assertEquals(256, report.concurrency());
        assertEquals(told, List.of(report.chosen()));
        assertTrue(report.chosen().clear(), report.chosen()::toString);
        assertEquals(
                LongStream.range(0, 400).boxed().toList(),
                fixture.outcomes().stream()
                        .map(outcome -> outcome.task().index())
                        .toList());
        assertEquals(Set.of("threads", "virtual"), models());
    }

    @Test
    void computingTasksKeepTheirThreads() throws Exception {
        ComputeSpec spec = new ComputeSpec("sum-squares", Optional.empty(), List.of());
        // They take longer than the choice on any machine, which takes at least half a second.
        List<String> numbers = Collections.nCopies(400, "30000000");
        RunReport report = fixture.ended(fixture.builder(
                        plan().doing(spec).job(),
                        Sources.arguments(numbers, ExpansionMode.LITERAL),
                        ComputeWork.prepare(spec))
                .chooseModel(told::add)
                .start());

        assertEquals(400, report.counts().succeeded());
        assertEquals("threads", report.model());
        assertEquals(Set.of("threads"), models());
        assertEquals(1, told.size());
    }

    @Test
    void shortRunChoosesNothingAndReportsIt() throws Exception {
        RunReport report = run(plan(), 5, new FakeWork((task, attempt) -> give(succeeded())));
        assertEquals(5, report.counts().succeeded());
        assertEquals("threads", report.model());
        assertFalse(report.chosen().clear());
        assertTrue(told.isEmpty());
    }

    private static JobPlan plan() {
        return JobPlan.under(ConcurrencyModel.THREADS);
    }

    private RunReport run(JobPlan plan, int tasks, WorkProvider work) throws Exception {
        return fixture.ended(fixture.builder(plan.job(), EngineFixture.numbers(tasks), work)
                .chooseModel(told::add)
                .start());
    }

    private Set<String> models() {
        return fixture.outcomes().stream()
                .map(Outcome::worker)
                .map(worker -> worker.substring(0, worker.indexOf('-')))
                .collect(Collectors.toSet());
    }
}
