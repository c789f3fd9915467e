package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.engine.ModelSelector.MeasuredTasks;
import dev.juggler.job.WorkKind;
import dev.juggler.report.ChosenModel;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the models chosen for measurements on two processors. */
class ModelSelectorTest {
    @ParameterizedTest
    @CsvSource({
        "compute,false,1.0,threads,2,true",
        "compute,false,0.6,threads,2,true",
        "compute,false,0.4,threads,5,false",
        "compute,false,0.0,virtual,256,true",
        "compute,true,0.0,async,256,true",
        "exec,true,0.95,threads,2,true",
        "exec,true,0.5,threads,4,false",
        "exec,true,0.02,threads,64,true"
    })
    void computingTasksGetThreadsAndWaitingTasksGetHighConcurrency(
            String kind, boolean leavesLoopFree, double cpu, String model, int concurrency, boolean clear) {
        ChosenModel chosen =
                ModelSelector.of(new MeasuredTasks(WorkKind.named(kind), leavesLoopFree, OptionalDouble.of(cpu), 2));
        assertEquals(model + " " + concurrency + " " + clear, text(chosen), chosen.reason());
    }

    @Test
    void withoutMeasurementTheDefaultModelIsChosenAsUnsure() {
        ChosenModel chosen = ModelSelector.of(new MeasuredTasks(WorkKind.COMPUTE, false, OptionalDouble.empty(), 2));
        assertEquals("threads 6 false", text(chosen));
        assertNull(chosen.cpu());
        assertFalse(chosen.reason().isBlank());
    }

    @Test
    void fetchesAreDecidedByARule() {
        ChosenModel chosen = ModelSelector.byRule(WorkKind.FETCH).orElseThrow();
        assertEquals("async 256 true", text(chosen));
        assertTrue(chosen.reason().contains("a rule"), chosen.reason());
        assertNull(chosen.cpu());
        assertEquals(Optional.empty(), ModelSelector.byRule(WorkKind.EXEC));
    }

    private static String text(ChosenModel chosen) {
        return chosen.model() + " " + chosen.concurrency() + " " + chosen.clear();
    }
}
