package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The receiving end of one body: counts it, bounds it and, when it is to be saved, gathers it in batches. */
public final class BodyReceiver {
    /** When a batch is this long it is written; a body that is shorter is written in one go at its end. */
    static final int BATCH = 1 << 16;

    /** Room for a batch that is not full yet and a frame of HTTP/2, so that it need not be moved to a larger place. */
    private static final int ROOM = BATCH + (1 << 14);

    private static final int FIRST_GUESS = 1 << 13;

    private final long declared;
    private final long limit;
    private final boolean keeps;
    private byte[] gathered;

    /** The place of a batch that was written: in a long body two places take turns. */
    private byte[] spare;

    /** What lies where it was received, instead of in {@link #gathered}; null while all is copied. */
    private List<ByteBuf> received;

    /** The memory that is kept for it, which may be much more than its bytes. */
    private long occupied;

    /** True when bytes stay where they were received. */
    private boolean asReceived;

    private IntSupplier most = () -> BATCH;
    private int used;
    private long count;
    private Checksum crc;
    private LongAdder tally;

    private BodyReceiver(long declared, long limit, boolean keeps) {
        this.declared = declared;
        this.limit = limit;
        this.keeps = keeps;
    }

    /** Counts a body of any length up to {@code limit} bytes. */
    public static BodyReceiver counting(long declared, long limit) {
        return new BodyReceiver(declared, limit, false);
    }

    /** Gathers a body of up to {@code limit} bytes, of which {@code declared} are announced, or -1. */
    public static BodyReceiver buffering(long declared, long limit) {
        return new BodyReceiver(declared, limit, true);
    }

    /** Takes nothing: the exchange is broken off at its head. */
    public static BodyReceiver rejecting() {
        return new BodyReceiver(-1, -1, false);
    }

    /** The same, also counting into what is shared with other bodies. */
    public BodyReceiver countingInto(LongAdder shared) {
        tally = shared;
        return this;
    }

    /** The same, also with a checksum of what it is shown. */
    public BodyReceiver withChecksum() {
        crc = new CRC32C();
        return this;
    }

    /** Returns whether {@link #sum} is to see the bytes. */
    boolean sums() {
        return crc != null;
    }

    /** Adds bytes to the checksum. */
    void sum(ByteBuffer bytes) {
        crc.update(bytes);
    }

    /** The CRC-32C of what was shown in hexadecimal; null unless it {@link #sums}. */
    public String crc32c() {
        return crc == null ? null : HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    /**
     * Gathers the rest of a body of {@code total} bytes, of which so many are there already, as long as all of it has
     * no more than {@code limit} bytes.
     */
    public static BodyReceiver bufferingFrom(long there, long total, long limit) {
        BodyReceiver intake = new BodyReceiver(total, limit, true);
        intake.count = there;
        return intake;
    }

    /**
     * Space for this many more bytes of the body, to be filled from {@link #offset()}; only when
     * {@link #isBuffering()}.
     */
    byte[] room(int length) {
        if (gathered == null && spare != null && spare.length >= length) {
            gathered = spare;
            spare = null;
        } else if (gathered == null) {
            gathered = new byte[Math.max(length, firstSize())];
        } else if (gathered.length - used < length) {
            gathered = Arrays.copyOf(gathered, Math.max(used + length, Math.min(2 * gathered.length, 2 * BATCH)));
        }
        return gathered;
    }

    /** Returns whether it gathers a short body, in one place. */
    boolean needsPlace() {
        return keeps && !mayBeLong();
    }

    /** Gives it a place whose former bytes nobody needs; one too small is of no use. */
    void lend(byte[] place) {
        if (place.length >= firstSize()) {
            spare = place;
        }
    }

    private int firstSize() {
        return declared < 0 ? FIRST_GUESS : (int) Math.min(declared - count, ROOM);
    }

    int offset() {
        return used;
    }

    /** Returns whether the body is, or may be, longer than a batch. */
    boolean mayBeLong() {
        return declared < 0 || declared - count > BATCH;
    }

    /** From now on bytes that it {@link #take takes} are kept where they were received, about as many as this says. */
    void gatherUpTo(IntSupplier most) {
        this.most = most;
        asReceived = true;
    }

    /**
     * Takes bytes of the body, or drops them unless it {@link #keeps}; in either case they are not the caller's any
     * more.
     */
    void take(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (crc != null) {
            crc.update(bytes.nioBuffer());
        }
        if (keeps && asReceived) {
            keep(bytes);
        } else {
            copy(bytes, length);
        }
        received(length);
    }

    /** So that nothing is kept of the memory that other bodies may be received in. */
    private void copy(ByteBuf bytes, int length) {
        if (keeps) {
            bytes.getBytes(bytes.readerIndex(), room(length), used, length);
        }
        bytes.release();
    }

    @SuppressWarnings("ReferenceEquality") // Memory counts once, whatever bytes are in it.
    private void keep(ByteBuf bytes) {
        if (received == null) {
            received = new ArrayList<>();
        }
        if (received.isEmpty() || whole(received.getLast()) != whole(bytes)) {
            occupied += whole(bytes).capacity();
        }
        received.add(bytes);
    }

    /** What the bytes are a slice of. */
    private static ByteBuf whole(ByteBuf bytes) {
        return bytes.unwrap() == null ? bytes : bytes.unwrap();
    }

    /** Notes that this many bytes arrived and, when the body is kept, lie in the room. */
    void received(int length) {
        count += length;
        if (tally != null) {
            tally.add(length);
        }
        if (keeps) {
            used += length;
        }
    }

    public boolean isBuffering() {
        return keeps;
    }

    /** Returns whether there is something that was not handed over. */
    public boolean holdsBytes() {
        return used > 0;
    }

    /** Returns whether there is enough for a batch. */
    public boolean isFull() {
        return used >= BATCH || occupied >= 2 * BATCH;
    }

    /** Returns whether no more should come before a batch is handed over. */
    public boolean shouldPause() {
        int enough = most.getAsInt();
        return used >= enough || occupied >= 2L * enough;
    }

    /** Returns whether the body is, or says it is, longer than may be. */
    public boolean isTooLong() {
        return count > limit || declared > limit;
    }

    /** Returns whether the body ended before the length that was announced. */
    public boolean isShort() {
        return count < declared;
    }

    /** The bytes that came, with those that were there before. */
    public long count() {
        return count;
    }

    public long declared() {
        return declared;
    }

    /** Takes back a batch that nobody needs any more. */
    public void recycle(BodyChunk written) {
        if (written instanceof BodyChunk.CopiedChunk copied) {
            spare = copied.bytes();
        }
    }

    /** What was gathered since the last time; the intake begins afresh. */
    public BodyChunk takeChunk() {
        BodyChunk all = used == 0
                ? BodyChunk.EMPTY
                : received == null
                        ? new BodyChunk.CopiedChunk(gathered, used)
                        : new BodyChunk.ReceivedChunk(received, used);
        gathered = null;
        received = null;
        occupied = 0;
        used = 0;
        return all;
    }
}
