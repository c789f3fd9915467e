package dev.juggler.work.fetch.http;

import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses one body as it arrives. Decoders pull their input while a body is pushed, so they run on a virtual
 * thread that gets one chunk at a time; {@link #write} returns when the chunk is consumed. The decompressed body is
 * bounded by a length and by a ratio: a few bytes can expand to fill a disk.
 */
public final class ContentDecoder {
    /**
     * Receives the decompressed bytes. Called on the decoder's thread while {@link #write} or {@link #finish} waits.
     */
    public interface Output {
        void write(BodyChunk chunk) throws IOException;
    }

    /** Decompressed bytes that are not checked against the ratio: a short, highly compressible text is no attack. */
    private static final long UNCHECKED_BYTES = 1 << 24;

    private final List<String> codings;
    private final long maxBytes;
    private final int maxRatio;
    private final Output output;

    // Guarded by this.
    private @Nullable Deque<ByteBuffer> compressed;
    private boolean complete;
    private boolean aborted;
    private boolean over;
    private boolean begun;
    private long compressedBytes;
    private @Nullable IOException failure;

    public ContentDecoder(List<String> codings, long maxBytes, int maxRatio, Output output) {
        this.codings = codings;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
        this.output = output;
    }

    /** Decompresses a chunk. */
    public synchronized void write(BodyChunk next) throws IOException {
        if (next.length() == 0) {
            return;
        }
        compressedBytes += next.length();
        compressed = new ArrayDeque<>(next.pieces());
        if (!begun) {
            begun = true;
            Thread.ofVirtual().name("juggler-decompress").start(this::run);
        }
        notifyAll();
        await(false);
    }

    /** Decompresses the rest. An empty body stays empty. */
    public synchronized void finish() throws IOException {
        complete = true;
        notifyAll();
        if (begun) {
            await(true);
        }
    }

    /** Ends the decompression of an incomplete body; returns when no more output follows. */
    public synchronized void abort() {
        aborted = true;
        complete = true;
        compressed = null;
        notifyAll();
        boolean interrupted = false;
        while (begun && !over) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(boolean end) throws IOException {
        try {
            while (!over && (end || compressed != null)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while decompressing a body");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        // Succeeds only if the whole body was decoded: an Error in a decoder must not look like the end of the body.
        @Nullable IOException thrown = invalid("the decoder ended before the body", true);
        try (InputStream in = ContentCodings.decode(new Pipe(), codings)) {
            copy(in);
            thrown = null;
        } catch (InvalidBodyException e) {
            thrown = e;
        } catch (EOFException e) {
            thrown = invalid("the compressed body is truncated", true);
        } catch (IOException | RuntimeException e) {
            thrown = undecodable(String.valueOf(e.getMessage()));
        } catch (StackOverflowError | OutOfMemoryError e) {
            thrown = undecodable(e.toString());
        } finally {
            end(thrown);
        }
    }

    private void copy(InputStream in) throws IOException {
        long size = 0;
        while (true) {
            byte[] bytes = new byte[BodyReceiver.CHUNK_SIZE];
            int length = in.read(bytes);
            if (length < 0) {
                return;
            }
            size += length;
            check(size);
            output.write(new BodyChunk.CopiedChunk(bytes, length));
        }
    }

    private synchronized void check(long size) throws InvalidBodyException {
        if (aborted) {
            throw invalid("the download was aborted", true);
        }
        if (size > maxBytes) {
            throw new InvalidBodyException(
                    TaskError.permanent("too-large", "the decompressed body exceeds " + maxBytes + " bytes"));
        }
        if (size > UNCHECKED_BYTES && size / maxRatio > compressedBytes) {
            throw new InvalidBodyException(TaskError.permanent(
                    "ratio", "the decompressed body exceeds " + maxRatio + " times the compressed length"));
        }
    }

    private static InvalidBodyException undecodable(String reason) {
        return invalid("the compressed body cannot be decompressed: " + Excerpt.of(reason), true);
    }

    private static InvalidBodyException invalid(String message, boolean retryable) {
        return new InvalidBodyException(new TaskError("encoding", message, retryable));
    }

    private synchronized void end(@Nullable IOException thrown) {
        over = true;
        compressed = null;
        failure = thrown;
        notifyAll();
    }

    /** The compressed bytes, as the decoder reads them. */
    private final class Pipe extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            synchronized (ContentDecoder.this) {
                ByteBuffer next = await();
                if (next == null) {
                    return -1;
                }
                int taken = Math.min(length, next.remaining());
                next.get(to, offset, taken);
                return taken;
            }
        }

        /** Some decoders continue to read only while this is positive. */
        @Override
        public int available() {
            synchronized (ContentDecoder.this) {
                return compressed == null
                        ? 0
                        : compressed.stream().mapToInt(ByteBuffer::remaining).sum();
            }
        }

        private @Nullable ByteBuffer next() {
            Deque<ByteBuffer> pieces = compressed;
            while (pieces != null && !pieces.isEmpty() && !pieces.getFirst().hasRemaining()) {
                pieces.removeFirst();
            }
            return pieces == null ? null : pieces.peekFirst();
        }

        /** Waits for a buffer with bytes; null at the end of the body. */
        private @Nullable ByteBuffer await() throws IOException {
            try {
                ByteBuffer next = next();
                while (next == null) {
                    compressed = null;
                    ContentDecoder.this.notifyAll();
                    if (complete) {
                        return null;
                    }
                    ContentDecoder.this.wait();
                    next = next();
                }
                return next;
            } catch (InterruptedException e) {
                throw new InterruptedIOException("the decoder was interrupted");
            }
        }
    }
}
