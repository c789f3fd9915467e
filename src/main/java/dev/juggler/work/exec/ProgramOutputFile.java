package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import java.io.IOException;

/** The file that one output stream of one program goes to. */
interface ProgramOutputFile extends AutoCloseable {

    /**
     * Takes in what was written. A file that is longer than what fits in memory stays. Called once.
     *
     * @throws IOException when it cannot be read, be it that someone removed it
     */
    Output collect() throws IOException;

    /** Lets go of what is not to stay. */
    @Override
    default void close() throws IOException {}
}
