package dev.juggler.work.compute.function;

import dev.juggler.job.Input;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file, or the part of one, that a task reads from end to end. */
public record FilePart(Path path, long offset, long length) {

    /** Code that reads a stream. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(InputStream in) throws IOException, TaskFailureException;
    }

    /**
     * The file that an input names.
     *
     * @throws TaskFailureException when it is not there, or not an ordinary file: a folder has no content, a pipe may
     *     never end
     */
    public static FilePart of(Input input) throws TaskFailureException {
        if (input instanceof Input.FileChunk chunk) {
            return new FilePart(regular(InputConversion.path(chunk.path())), chunk.offset(), chunk.length());
        }
        return whole(input);
    }

    /** The same for a function that takes no parts of files. */
    public static FilePart whole(Input input) throws TaskFailureException {
        Path path = regular(InputConversion.path(input));
        return new FilePart(path, 0, Long.MAX_VALUE);
    }

    private static Path regular(Path path) throws TaskFailureException {
        if (!Files.exists(path)) {
            throw TaskFailureException.io(path, new NoSuchFileException(path.toString()));
        }
        if (!Files.isRegularFile(path)) {
            throw TaskFailureException.io(
                    path + ": is " + (Files.isDirectory(path) ? "a folder" : "not an ordinary file"));
        }
        return path;
    }

    /** Reads the part with this code; an interrupt ends it. */
    public <T> T read(Reading<T> reading) throws TaskFailureException, InterruptedException {
        try (InputStream in = open()) {
            return reading.of(in);
        } catch (ClosedByInterruptException _) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw TaskFailureException.io(path, e);
        }
    }

    /** The bytes of this part; a file that has become too short for it ends in an {@link EOFException}. */
    InputStream open() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            channel.position(offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        InputStream all = Channels.newInputStream(channel);
        return length == Long.MAX_VALUE ? all : new Bounded(all, length);
    }

    /** Ends after so many bytes, and fails when there are fewer. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int size) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, from, (int) Math.min(size, left));
            if (count < 0) {
                throw new EOFException("the file has become shorter: " + left + " bytes of this part are missing");
            }
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
