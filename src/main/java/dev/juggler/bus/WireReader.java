package dev.juggler.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a {@link WireWriter}. Any bytes lead to a value or a {@link WireException}. */
final class WireReader {
    private final byte[] bytes;
    private int position;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    private void require(long more) {
        if (more < 0 || more > bytes.length - position) {
            throw new WireException("the message ends in the middle of a value");
        }
    }

    int bits() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    boolean flag() {
        int value = bits();
        if (value > 1) {
            throw new WireException("not a boolean: " + value);
        }
        return value == 1;
    }

    long count() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = bits();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new WireException("a number has more than 64 bits");
    }

    long number() {
        long value = count();
        return (value >>> 1) ^ -(value & 1);
    }

    int small() {
        long value = count();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new WireException("a number is out of its range: " + value);
        }
        return (int) value;
    }

    /** Reads the size of a list. Each element takes at least one byte, so a short message cannot create a long list. */
    int size() {
        int size = small();
        require(size);
        return size;
    }

    long fixed() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (bytes[position++] & 0xFF);
        }
        return value;
    }

    byte[] blob() {
        int size = size();
        byte[] value = Arrays.copyOfRange(bytes, position, position + size);
        position += size;
        return value;
    }

    String text() {
        if (flag()) {
            return utf16(blob());
        }
        int size = size();
        String value = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return value;
    }

    private static String utf16(byte[] bytes) {
        if (bytes.length % 2 != 0) {
            throw new WireException("a UTF-16 text has an odd number of bytes");
        }
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xFF);
        }
        return new String(chars);
    }

    @Nullable
    String optional() {
        return flag() ? text() : null;
    }

    void end() {
        if (position != bytes.length) {
            throw new WireException((bytes.length - position) + " bytes follow the message");
        }
    }
}
