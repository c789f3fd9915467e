package dev.juggler.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepeatingSourceTest {
    @Test
    void repeatsTheInputsWithContinuousIndexes() throws Exception {
        List<Task> read =
                read(new RepeatingSource(Sources.arguments(List.of("a", "b", "c"), ExpansionMode.LITERAL)), 8);
        assertEquals(
                List.of("a", "b", "c", "a", "b", "c", "a", "b"),
                read.stream().map(Task::key).toList());
        assertEquals(
                LongStream.range(0, 8).boxed().toList(),
                read.stream().map(Task::index).toList());
    }

    @Test
    void repeatsALimitedNumberOfInputs() throws Exception {
        List<Task> read = read(
                new RepeatingSource(Sources.arguments(List.of("1..1000000"), ExpansionMode.RANGES)),
                RepeatingSource.MAX_INPUTS + 1);

        assertEquals("10000", read.get(RepeatingSource.MAX_INPUTS - 1).key());
        assertEquals("1", read.get(RepeatingSource.MAX_INPUTS).key());
    }

    private static List<Task> read(RepeatingSource source, int count) throws IOException {
        try (source) {
            assertTrue(source.size().isEmpty());
            List<Task> read = new ArrayList<>();
            while (read.size() < count) {
                read.addAll(source.next(Math.min(5, count - read.size())));
            }
            return read;
        }
    }
}
