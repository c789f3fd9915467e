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

/**
 * Unpacks one body as it comes. The decoders pull their input, while a body is pushed; so they run on a virtual thread
 * that is given one batch at a time, and {@link #write} comes back when it has used it up. What it unpacks to is
 * bounded by a length and by a ratio: a few bytes may stand for a disk full.
 */
public final class ContentDecoder {
    /** Where the unpacked bytes go. Called on the decoder's thread while {@link #write} or {@link #finish} waits. */
    public interface Output {
        void write(BodyChunk batch) throws IOException;
    }

    /** So much is unpacked whatever the ratio: short texts of one letter are no attack. */
    private static final long FREE = 1 << 24;

    private final List<String> codings;
    private final long maxBytes;
    private final int maxRatio;
    private final Output output;

    // Guarded by this.
    private Deque<ByteBuffer> packed;
    private boolean complete;
    private boolean aborted;
    private boolean over;
    private boolean begun;
    private long came;
    private IOException failure;

    public ContentDecoder(List<String> codings, long maxBytes, int maxRatio, Output output) {
        this.codings = codings;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
        this.output = output;
    }

    /** Unpacks a batch. */
    public synchronized void write(BodyChunk next) throws IOException {
        if (next.length() == 0) {
            return;
        }
        came += next.length();
        packed = new ArrayDeque<>(next.pieces());
        if (!begun) {
            begun = true;
            Thread.ofVirtual().name("juggler-unpack").start(this::run);
        }
        notifyAll();
        await(false);
    }

    /** Unpacks what is left. A body without any bytes is one without any. */
    public synchronized void finish() throws IOException {
        complete = true;
        notifyAll();
        if (begun) {
            await(true);
        }
    }

    /** Ends the unpacking of a body that broke off; comes back when nothing more is put out. */
    public synchronized void abort() {
        aborted = true;
        complete = true;
        packed = null;
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
            while (!over && (end || packed != null)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a body was unpacked");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        IOException thrown = null;
        try (InputStream in = ContentCodings.decode(new Pipe(), codings)) {
            copy(in);
        } catch (InvalidBodyException e) {
            thrown = e;
        } catch (EOFException e) {
            thrown = fault("the compressed body ends in the middle", true);
        } catch (IOException | RuntimeException e) {
            thrown = fault(
                    "the compressed body cannot be unpacked: " + Excerpt.of(String.valueOf(e.getMessage())), true);
        } finally {
            end(thrown);
        }
    }

    private void copy(InputStream in) throws IOException {
        long size = 0;
        while (true) {
            byte[] bytes = new byte[BodyReceiver.BATCH];
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
            throw fault("nobody wants the body any more", true);
        }
        if (size > maxBytes) {
            throw new InvalidBodyException(
                    TaskError.permanent("too-large", "the body unpacks to more than " + maxBytes + " bytes"));
        }
        if (size > FREE && size / maxRatio > came) {
            throw new InvalidBodyException(
                    TaskError.permanent("ratio", "the body unpacks to more than " + maxRatio + " times its length"));
        }
    }

    private static InvalidBodyException fault(String message, boolean passing) {
        return new InvalidBodyException(new TaskError("encoding", message, passing));
    }

    private synchronized void end(IOException thrown) {
        over = true;
        packed = null;
        failure = thrown;
        notifyAll();
    }

    /** The packed bytes, as the decoder reads them. */
    private final class Pipe extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            synchronized (ContentDecoder.this) {
                if (!fill()) {
                    return -1;
                }
                int taken = Math.min(length, packed.getFirst().remaining());
                packed.getFirst().get(to, offset, taken);
                return taken;
            }
        }

        /** Some decoders read on only while this says that they would not have to wait. */
        @Override
        public int available() {
            synchronized (ContentDecoder.this) {
                return packed == null
                        ? 0
                        : packed.stream().mapToInt(ByteBuffer::remaining).sum();
            }
        }

        private boolean hasBytes() {
            while (packed != null && !packed.isEmpty() && !packed.getFirst().hasRemaining()) {
                packed.removeFirst();
            }
            return packed != null && !packed.isEmpty();
        }

        /** Waits until there is a byte; false at the end. */
        private boolean fill() throws IOException {
            try {
                while (!hasBytes()) {
                    packed = null;
                    ContentDecoder.this.notifyAll();
                    if (complete) {
                        return false;
                    }
                    ContentDecoder.this.wait();
                }
                return true;
            } catch (InterruptedException e) {
                throw new InterruptedIOException("nobody interrupts a decoder");
            }
        }
    }
}
