package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Outcome;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.report.RunReport;
import dev.juggler.work.compute.ComputeWork;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users' functions that try to end the JVM. */
class UserExitTest {
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void inputWhoseFunctionExitsFailsAndTheOthersSucceed(ConcurrencyModel model) throws Exception {
        ComputeSpec spec = new ComputeSpec(
                "Exit.java",
                Optional.of("class Exit { static int f(int n) { if (n == 50) System.exit(0); return n; } }"),
                List.of());
        JobPlan plan = JobPlan.under(model).doing(spec);
        RunReport report = fixture.run(plan, EngineFixture.numbers(100), ComputeWork.prepare(spec));
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(99, report.counts().succeeded());
        assertEquals(1, report.counts().failed());
        TreeSet<Long> failed = fixture.outcomes().stream()
                .filter(outcome -> !outcome.succeeded())
                .filter(outcome -> List.of("exit", "poison")
                        .contains(outcome.result().error().type()))
                .map(Outcome::task)
                .map(task -> task.index())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(1, failed.size(), () -> "failed for good: " + failed);
    }
}
