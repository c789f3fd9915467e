package dev.juggler.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Unbuffered standard output or standard error, whose exceptions name the stream. */
public final class StandardStream extends OutputStream {
    private final OutputStream stream;
    private final String name;

    private StandardStream(FileDescriptor descriptor, String name) {
        this.stream = new FileOutputStream(descriptor);
        this.name = name;
    }

    /** Returns standard output. */
    public static StandardStream out() {
        return new StandardStream(FileDescriptor.out, "standard output");
    }

    /** Returns standard error. */
    public static StandardStream err() {
        return new StandardStream(FileDescriptor.err, "standard error");
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException("cannot write to " + name + ": " + e.getMessage(), e);
        }
    }
}
