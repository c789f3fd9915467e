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

/** A file or a range of its bytes that a task reads sequentially. */
public record FilePart(Path path, long offset, long length) {

    /** Turns the content of a file into a value. */
    @FunctionalInterface
    public interface ContentReader<T> {
        T read(InputStream in) throws IOException, TaskFailureException;
    }

    /**
     * Returns the file, or the part of a file, that an input names.
     *
     * @throws TaskFailureException when the file does not exist or is not a regular file: a folder has no content, and
     *     a pipe may never end
     */
    public static FilePart of(Input input) throws TaskFailureException {
        if (input instanceof Input.FileChunk chunk) {
            return new FilePart(regularFile(InputConversion.toPath(chunk.path())), chunk.offset(), chunk.length());
        }
        return whole(input);
    }

    /** Returns the file that an input names, for a function that takes whole files only. */
    public static FilePart whole(Input input) throws TaskFailureException {
        Path path = regularFile(InputConversion.toPath(input));
        return new FilePart(path, 0, Long.MAX_VALUE);
    }

    private static Path regularFile(Path path) throws TaskFailureException {
        if (!Files.exists(path)) {
            throw TaskFailureException.io(path, new NoSuchFileException(path.toString()));
        }
        if (!Files.isRegularFile(path)) {
            throw TaskFailureException.io(
                    path + ": is " + (Files.isDirectory(path) ? "a folder" : "not an ordinary file"));
        }
        return path;
    }

    /** Reads the part with the given reader, until the thread is interrupted. */
    public <T> T read(ContentReader<T> reader) throws TaskFailureException, InterruptedException {
        try (InputStream in = open()) {
            return reader.read(in);
        } catch (ClosedByInterruptException _) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw TaskFailureException.io(path, e);
        }
    }

    /**
     * Opens this part for reading. The stream throws {@link EOFException} when the file has become too short for it.
     */
    InputStream open() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            channel.position(offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        InputStream all = Channels.newInputStream(channel);
        return length == Long.MAX_VALUE ? all : new BoundedInputStream(all, length);
    }

    /** Ends after a number of bytes, and throws {@link EOFException} when there are fewer. */
    private static final class BoundedInputStream extends BulkInputStream {
        private long remaining;

        BoundedInputStream(InputStream in, long length) {
            super(in);
            this.remaining = length;
        }

        @Override
        public int read(byte[] buffer, int from, int size) throws IOException {
            if (remaining == 0) {
                return -1;
            }
            int count = in.read(buffer, from, (int) Math.min(size, remaining));
            if (count < 0) {
                throw new EOFException("the file has become shorter: " + remaining + " bytes of this part are missing");
            }
            remaining -= count;
            return count;
        }
    }
}
