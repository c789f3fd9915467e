package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import java.io.IOException;

/** The file that one output stream of one program is written to. */
interface ProgramOutputFile extends AutoCloseable {

    /**
     * Reads the output. A file longer than the memory limit is kept. Called once.
     *
     * @throws IOException when it cannot be read, for instance because someone deleted it
     */
    Output collect() throws IOException;

    /** Frees the resources of the file, except a file that is kept. */
    @Override
    default void close() throws IOException {}
}
