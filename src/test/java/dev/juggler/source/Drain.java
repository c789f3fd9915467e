package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads sources to their end, and checks the invariants of every page. */
final class Drain {
    private Drain() {}

    /** Returns all inputs, read in pages of at most {@code max}. */
    static List<Input> inputs(Source source, int max) throws IOException {
        List<Input> inputs = new ArrayList<>();
        for (List<Task> page = source.next(max); !page.isEmpty(); page = source.next(max)) {
            assertTrue(page.size() <= max, "a page of " + page.size());
            for (Task task : page) {
                assertEquals(inputs.size(), task.index());
                inputs.add(task.input());
            }
        }
        assertTrue(source.next(max).isEmpty(), "the end stays the end");
        return inputs;
    }

    /** Returns the keys of all inputs, and closes the source. */
    static List<String> keys(Source source) throws IOException {
        try (source) {
            return inputs(source, 3).stream().map(Input::key).toList();
        }
    }
}
