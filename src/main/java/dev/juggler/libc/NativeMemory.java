package dev.juggler.libc;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Memory laid out as C wants it, by address; zero at first, and gone with its arena. Reads and writes go through byte
 * buffers, since the first use of a foreign layout takes milliseconds of a start.
 *
 * @param arena whose it is
 */
public record NativeMemory(Arena arena) {
    /** What the JDK encodes arguments and file names with. */
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final int ALIGNMENT = 16;

    /** An {@code int} that a function writes to. */
    public record Int(long address, ByteBuffer bytes) {
        public int get() {
            return bytes.getInt(0);
        }
    }

    /** A block of memory. */
    public record Block(long address, ByteBuffer bytes) {}

    public Block block(int bytes) {
        var segment = arena.allocate(bytes, ALIGNMENT);
        return new Block(segment.address(), segment.asByteBuffer().order(ByteOrder.nativeOrder()));
    }

    public long allocate(int bytes) {
        return arena.allocate(bytes, ALIGNMENT).address();
    }

    public Int allocateInt() {
        Block block = block(Integer.BYTES);
        return new Int(block.address, block.bytes);
    }

    /** The text with a NUL behind it. */
    public long string(String text) {
        byte[] encoded = text.getBytes(NATIVE);
        Block block = block(encoded.length + 1);
        block.bytes.put(encoded);
        return block.address;
    }

    /** Pointers to the texts, and a null pointer behind them. */
    public long strings(List<String> texts) {
        Block pointers = block(Long.BYTES * (texts.size() + 1));
        texts.forEach(text -> pointers.bytes.putLong(string(text)));
        return pointers.address;
    }
}
