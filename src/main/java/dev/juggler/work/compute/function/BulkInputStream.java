package dev.juggler.work.compute.function;

import java.io.IOException;
import java.io.InputStream;

/** A stream over another one that a subclass filters in {@link #read(byte[], int, int)} alone. */
abstract class BulkInputStream extends InputStream {
    final InputStream in;

    BulkInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int from, int size) throws IOException;

    @Override
    public final void close() throws IOException {
        in.close();
    }
}
