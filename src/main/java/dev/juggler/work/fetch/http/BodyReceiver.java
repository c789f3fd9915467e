package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** The receiving end of one body: counts it, limits it and, when it is saved, gathers it in chunks. */
public final class BodyReceiver {
    /** Length at which a chunk is written; a shorter body is written in one go at its end. */
    static final int CHUNK_SIZE = 1 << 16;

    /** Size of a buffer with room for a chunk that is not full yet and an HTTP/2 frame, so that it need not grow. */
    private static final int MAX_FIRST_SIZE = CHUNK_SIZE + (1 << 14);

    /** First size of the buffer for a body of unknown length. */
    private static final int DEFAULT_FIRST_SIZE = 1 << 13;

    private final long declared;
    private final long limit;
    private final boolean keeps;
    private byte @Nullable [] gathered;

    /** Buffer of a chunk that was written: in a long body two buffers alternate. */
    private byte @Nullable [] spare;

    /** Buffers kept as received, instead of copied to {@link #gathered}; null while all bytes are copied. */
    private @Nullable List<ByteBuf> received;

    /** Memory held by {@link #received}, which may be much more than its bytes. */
    private long occupied;

    /** True when bytes are kept in the buffers they were received in. */
    private boolean keepsReceived;

    private IntSupplier maxGathered = () -> CHUNK_SIZE;
    private int used;
    private long count;
    private @Nullable Checksum crc;
    private @Nullable LongAdder sharedCount;

    private BodyReceiver(long declared, long limit, boolean keeps) {
        this.declared = declared;
        this.limit = limit;
        this.keeps = keeps;
    }

    /** Returns a receiver that counts a body of at most {@code limit} bytes, without keeping it. */
    public static BodyReceiver counting(long declared, long limit) {
        return new BodyReceiver(declared, limit, false);
    }

    /**
     * Returns a receiver that gathers a body of at most {@code limit} bytes; {@code declared} is its announced length,
     * or -1.
     */
    public static BodyReceiver buffering(long declared, long limit) {
        return new BodyReceiver(declared, limit, true);
    }

    /** Returns a receiver that rejects any body: the exchange is aborted at its head. */
    public static BodyReceiver rejecting() {
        return new BodyReceiver(-1, -1, false);
    }

    /** Also adds to a counter that other bodies share. */
    public BodyReceiver countingInto(LongAdder shared) {
        sharedCount = shared;
        return this;
    }

    /** Also computes a checksum of the bytes. */
    public BodyReceiver withChecksum() {
        crc = new CRC32C();
        return this;
    }

    /** Returns the CRC-32C of the bytes so far in hexadecimal; null without {@link #withChecksum}. */
    public @Nullable String crc32c() {
        return crc == null ? null : HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    /**
     * Returns a receiver that gathers the rest of a body of {@code total} bytes, of which {@code present} are already
     * stored. The whole body has at most {@code limit} bytes.
     */
    public static BodyReceiver bufferingFrom(long present, long total, long limit) {
        BodyReceiver receiver = new BodyReceiver(total, limit, true);
        receiver.count = present;
        return receiver;
    }

    /**
     * Returns a buffer with space for this many more bytes, to be filled from {@link #used}. Only when it keeps the
     * body.
     */
    byte[] reserve(int length) {
        byte[] buffer = gathered;
        if (buffer == null && spare != null && spare.length >= length) {
            buffer = spare;
            spare = null;
        } else if (buffer == null) {
            buffer = new byte[Math.max(length, firstSize())];
        } else if (buffer.length - used < length) {
            buffer = Arrays.copyOf(buffer, Math.max(used + length, Math.min(2 * buffer.length, 2 * CHUNK_SIZE)));
        }
        gathered = buffer;
        return buffer;
    }

    /** Returns whether it gathers a short body, in one buffer. */
    boolean needsBuffer() {
        return keeps && !mayBeLong();
    }

    /** Lends it a buffer whose content is no longer needed; one that is too small is ignored. */
    void lend(byte[] buffer) {
        if (buffer.length >= firstSize()) {
            spare = buffer;
        }
    }

    private int firstSize() {
        return declared < 0 ? DEFAULT_FIRST_SIZE : (int) Math.min(declared - count, MAX_FIRST_SIZE);
    }

    /** Returns whether the body is, or may be, longer than a chunk. */
    boolean mayBeLong() {
        return declared < 0 || declared - count > CHUNK_SIZE;
    }

    /**
     * Keeps the bytes that it {@link #take takes} from now on in the buffers they were received in, up to about this
     * many.
     */
    void gatherUpTo(IntSupplier maxBytes) {
        maxGathered = maxBytes;
        keepsReceived = true;
    }

    /**
     * Takes bytes of the body, or drops them unless it {@link #keeps} them. Ownership passes from the caller in either
     * case.
     */
    void take(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (crc != null) {
            crc.update(bytes.nioBuffer());
        }
        if (keeps && keepsReceived) {
            keep(bytes);
        } else {
            copy(bytes, length);
        }
        received(length);
    }

    /** Copies and releases the bytes, so that no memory is held into which other bodies may be received. */
    private void copy(ByteBuf bytes, int length) {
        if (keeps) {
            bytes.getBytes(bytes.readerIndex(), reserve(length), used, length);
        }
        bytes.release();
    }

    @SuppressWarnings("ReferenceEquality") // Slices of one buffer occupy its memory once.
    private void keep(ByteBuf bytes) {
        if (received == null) {
            received = new ArrayList<>();
        }
        if (received.isEmpty() || whole(received.getLast()) != whole(bytes)) {
            occupied += whole(bytes).capacity();
        }
        received.add(bytes);
    }

    /** Returns the buffer that these bytes are a slice of. */
    private static ByteBuf whole(ByteBuf bytes) {
        return bytes.unwrap() == null ? bytes : bytes.unwrap();
    }

    /** Copies bytes of the body, or only counts them unless it {@link #keeps} them. */
    void take(Buffer bytes) {
        int length = bytes.length();
        if (keeps) {
            bytes.getBytes(reserve(length), used);
        }
        if (crc != null) {
            crc.update(bytes.getBytes());
        }
        received(length);
    }

    private void received(int length) {
        count += length;
        if (sharedCount != null) {
            sharedCount.add(length);
        }
        if (keeps) {
            used += length;
        }
    }

    public boolean isBuffering() {
        return keeps;
    }

    /** Returns whether it holds bytes that were not handed over. */
    public boolean holdsBytes() {
        return used > 0;
    }

    /** Returns whether it holds enough for a chunk. */
    public boolean isFull() {
        return used >= CHUNK_SIZE || occupied >= 2 * CHUNK_SIZE;
    }

    /** Returns whether reading should pause until a chunk is handed over. */
    public boolean shouldPause() {
        int enough = maxGathered.getAsInt();
        return used >= enough || occupied >= 2L * enough;
    }

    /** Returns whether the body, or its announced length, exceeds the limit. */
    public boolean isTooLong() {
        return count > limit || declared > limit;
    }

    /** Returns whether the body ended before its announced length. */
    public boolean isShort() {
        return count < declared;
    }

    /** Returns the bytes received, including those stored before. */
    public long count() {
        return count;
    }

    /** Returns the announced length of the body, or -1. */
    public long declared() {
        return declared;
    }

    /** Takes back the buffer of a chunk that was written. */
    public void recycle(BodyChunk written) {
        if (written instanceof BodyChunk.CopiedChunk copied) {
            spare = copied.bytes();
        }
    }

    /** Hands over the bytes gathered since the last call. */
    public BodyChunk takeChunk() {
        BodyChunk all = gatheredChunk();
        gathered = null;
        received = null;
        occupied = 0;
        used = 0;
        return all;
    }

    private BodyChunk gatheredChunk() {
        if (used == 0) {
            return BodyChunk.EMPTY;
        }
        if (received != null) {
            return new BodyChunk.ReceivedChunk(received, used);
        }
        return gathered == null ? BodyChunk.EMPTY : new BodyChunk.CopiedChunk(gathered, used);
    }
}
