package dev.juggler.libc;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Allocates memory for C functions, by address. It is initially zero and lives as long as its arena. Reads and writes
 * use byte buffers, because the first use of a foreign layout costs milliseconds of startup.
 *
 * @param arena the owner of the memory
 */
public record NativeMemory(Arena arena) {
    /** The encoding that the JDK uses for arguments and file names. */
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final int ALIGNMENT = 16;

    /** An {@code int} that a function writes. */
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

    /** Returns the address of a text that ends with NUL. */
    public long string(String text) {
        byte[] encoded = text.getBytes(NATIVE);
        Block block = block(encoded.length + 1);
        block.bytes.put(encoded);
        return block.address;
    }

    /** Returns the address of an array of pointers to texts, which ends with a null pointer. */
    public long strings(List<String> texts) {
        Block pointers = block(Long.BYTES * (texts.size() + 1));
        texts.forEach(text -> pointers.bytes.putLong(string(text)));
        return pointers.address;
    }
}
