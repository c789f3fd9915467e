package dev.juggler.source;

import dev.juggler.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The inputs of a job, which are read on demand and never all at once. Not safe for use by several threads at a time.
 */
public interface Source extends AutoCloseable {

    /**
     * Returns the next tasks, at least one and at most {@code max}, in order, with indexes that continue from page to
     * page. An empty list means that there are no more. May block until there is one, but does not wait for a full
     * page: tasks that arrive slowly, from a pipe for instance, are returned as they arrive.
     *
     * @throws IOException when the inputs cannot be read; its message names the place and the cause
     * @throws IllegalArgumentException when an input is malformed in a way that ends the run
     */
    List<Task> next(int max) throws IOException;

    /** Returns the total number of tasks, or empty when it is not known without reading them. */
    OptionalLong size();

    /** Closes the inputs. A {@link #next} that blocks in another thread may continue to block. */
    @Override
    void close() throws IOException;
}
