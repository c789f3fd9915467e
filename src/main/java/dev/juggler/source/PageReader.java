package dev.juggler.source;

import java.io.IOException;

/** Reads the pages of an API. Called by one thread at a time; may block. */
public interface PageReader extends AutoCloseable {

    /**
     * Returns the body of the page at a URL.
     *
     * @throws IOException when it cannot be read, with a message of one line for the user that names the page
     */
    byte[] read(String url) throws IOException;

    /** Frees the resources of the reader. */
    @Override
    void close() throws IOException;
}
