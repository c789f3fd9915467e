package dev.juggler.source;

import dev.juggler.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The inputs of a job, read as they are needed and never all at once. Not safe for use by several threads at a time.
 */
public interface Source extends AutoCloseable {

    /**
     * The next tasks, at least one and at most {@code max}, in order, with indexes that go on from page to page; an
     * empty list means that there are no more. May block until there is one, but does not wait for a page to fill: what
     * arrives slowly (a pipe) is handed on as it comes.
     *
     * @throws IOException when the inputs cannot be read on; its message names the place and the cause
     * @throws IllegalArgumentException when an input is malformed in a way that ends the run
     */
    List<Task> next(int max) throws IOException;

    /** How many tasks there are in all, where that is known without reading them. */
    OptionalLong size();

    /** Closes what is being read; a {@link #next} that blocks in another thread may go on blocking. */
    @Override
    void close() throws IOException;
}
