package dev.juggler.source;

import java.io.IOException;

/** Reads the pages of an API. Called by one thread at a time, and may block. */
public interface PageReader extends AutoCloseable {

    /**
     * The body of the page at a URL.
     *
     * @throws IOException when there is none, with a message of one line for a person that names the page
     */
    byte[] read(String url) throws IOException;

    /** Lets go of what reading took. */
    @Override
    void close() throws IOException;
}
