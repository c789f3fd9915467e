package dev.juggler.tune;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A source that repeats another's first {@value #MAX_INPUTS} inputs endlessly, with continuous indexes. */
public final class RepeatingSource implements Source {
    /** The number of inputs that are kept in memory and repeated. */
    public static final int MAX_INPUTS = 10_000;

    private final Source source;
    private final List<Input> remembered = new ArrayList<>();
    private boolean exhausted;
    private long index;

    public RepeatingSource(Source source) {
        this.source = source;
    }

    @Override
    public List<Task> next(int max) throws IOException {
        if (!exhausted) {
            List<Task> page = source.next(Math.min(max, MAX_INPUTS - remembered.size()));
            page.forEach(task -> remembered.add(task.input()));
            index += page.size();
            exhausted = page.isEmpty() || remembered.size() == MAX_INPUTS;
            if (!page.isEmpty()) {
                return page;
            }
        }
        return repeat(max);
    }

    private List<Task> repeat(int max) {
        List<Task> page = new ArrayList<>(max);
        while (page.size() < max && !remembered.isEmpty()) {
            page.add(new Task(index, remembered.get((int) (index % remembered.size()))));
            index++;
        }
        return page;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
