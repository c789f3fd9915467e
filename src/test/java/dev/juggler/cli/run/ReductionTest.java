package dev.juggler.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReductionTest {
    private final Reduction reduction = new Reduction();

    @Test
    void nothingAddsUpToZero() throws Exception {
        assertEquals("0", reduction.text());
    }

    @Test
    void addsExactlyHoweverLargeOrSmall() throws Exception {
        add(Long.MAX_VALUE, 1, new BigInteger("100000000000000000000"), 0.1, 0.2, new BigDecimal("0.7"));
        assertEquals("109223372036854775809", reduction.text());
    }

    @Test
    void addsObjectsFieldByFieldAndLeavesOutWhatIsNoNumber() throws Exception {
        Map<String, Object> second = new LinkedHashMap<>(Map.of("lines", 2));
        second.put("words", 5L);
        add(Map.of("lines", 1, "name", "a"), second);
        assertEquals("{\"lines\":3,\"words\":5}", reduction.text());
    }

    @Test
    void failedTasksAddNothing() throws Exception {
        reduction.accept(List.of(outcome(new Result.Failed(TaskError.permanent("x", "y")))));
        assertEquals("0", reduction.text());
    }

    @Test
    void whatCannotBeAddedIsNamed() throws Exception {
        add(1);
        assertFalse(reduction.rejected());
        IOException failure = assertThrows(IOException.class, () -> add("text"));
        assertTrue(failure.getMessage().contains("the value of input is not a number"), failure.getMessage());
        assertTrue(reduction.rejected());
        assertThrows(IOException.class, () -> add(1, Map.of("a", 1)), "a number and an object");
    }

    private void add(Object... values) throws IOException {
        for (Object value : values) {
            reduction.accept(List.of(outcome(new Result.Succeeded(new Value.Computed(value)))));
        }
    }

    private static Outcome outcome(Result result) {
        return new Outcome(new Task(0, new Input.Text("input")), 1, result, "worker", 0, 0, 0);
    }
}
