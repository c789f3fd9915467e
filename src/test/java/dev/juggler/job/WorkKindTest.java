package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkKindTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(WorkKind kind) {
        assertEquals(kind, WorkKind.named(kind.id()));
    }

    @Test
    void anUnknownNameIsRejectedWithThoseThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> WorkKind.named("rm"))
                .getMessage();
        assertTrue(message.contains("'rm'") && message.contains("fetch, compute or exec"), message);
    }

    @Test
    void everySpecHasItsKind() {
        assertEquals(WorkKind.FETCH, FetchSpec.READ.kind());
        assertEquals(WorkKind.COMPUTE, new WorkSpec.ComputeSpec("f", Optional.empty(), List.of()).kind());
        assertEquals(WorkKind.EXEC, new WorkSpec.ExecSpec(List.of("ls"), false, 1).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH,   SEQUENTIAL, 1",
        "FETCH,   THREADS,    12",
        "FETCH,   VIRTUAL,    256",
        "FETCH,   ASYNC,      64",
        "FETCH,   PROCESSES,  8",
        "COMPUTE, THREADS,    8",
        "COMPUTE, VIRTUAL,    256",
        "COMPUTE, ASYNC,      64",
        "EXEC,    THREADS,    8",
        "EXEC,    VIRTUAL,    8",
        "EXEC,    ASYNC,      8",
        "EXEC,    PROCESSES,  8"
    })
    void concurrencyOnEightCoresFollowsWhatTasksNeed(WorkKind kind, ConcurrencyModel model, int expected) {
        assertEquals(expected, kind.defaultConcurrency(model, 8));
    }
}
