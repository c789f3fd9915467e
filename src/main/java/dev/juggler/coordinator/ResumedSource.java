package dev.juggler.coordinator;

import dev.juggler.job.Task;
import dev.juggler.journal.CompletedTasks;
import dev.juggler.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A source without the inputs that an earlier run has completed. */
public final class ResumedSource implements Source {
    private final Source source;
    private final CompletedTasks completed;
    private volatile long skipped;

    /**
     * Filters a source, which is closed with this one.
     *
     * @param completed the inputs to leave out; each entry matches one input
     */
    public ResumedSource(Source source, CompletedTasks completed) {
        this.source = source;
        this.completed = completed;
    }

    @Override
    public List<Task> next(int max) throws IOException {
        while (true) {
            List<Task> page = source.next(max);
            if (page.isEmpty() || completed.isEmpty()) {
                return page;
            }
            List<Task> left = withoutCompleted(page);
            if (!left.isEmpty()) {
                return left;
            }
        }
    }

    private List<Task> withoutCompleted(List<Task> page) {
        List<Task> left = new ArrayList<>(page.size());
        for (Task task : page) {
            if (!completed.take(task.key())) {
                left.add(task);
            }
        }
        skipped = skipped + page.size() - left.size();
        return left;
    }

    /** The number of inputs left out so far. Called from any thread. */
    public long skipped() {
        return skipped;
    }

    /** An estimate of the number of inputs left, if known: the journal may contain inputs that this list does not. */
    @Override
    public OptionalLong size() {
        OptionalLong size = source.size();
        return size.isPresent() ? OptionalLong.of(Math.max(0, size.getAsLong() - completed.initialSize())) : size;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
