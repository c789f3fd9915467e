package dev.juggler.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into a growing array of bytes: whole numbers in as few bytes as possible (LEB128, with zigzag for
 * signed ones), texts with their length.
 */
final class WireWriter {
    /** The maximum length of a message. Longer ones contain results that are not meant to be sent. */
    static final int MAX_LENGTH = 1 << 26;

    private static final int INITIAL_CAPACITY = 512;
    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;

    private void ensureRoom(int more) {
        if (more > MAX_LENGTH - length) {
            throw new IllegalArgumentException("a message has more than " + MAX_LENGTH + " bytes");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(MAX_LENGTH, 2 * bytes.length)));
        }
    }

    void bits(int value) {
        ensureRoom(1);
        bytes[length++] = (byte) value;
    }

    /** Writes a non-negative number, one byte for each seven bits. */
    void count(long value) {
        ensureRoom(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Writes a signed number. Numbers close to zero are short. */
    void number(long value) {
        count((value << 1) ^ (value >> 63));
    }

    void fixed(long value) {
        ensureRoom(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    void blob(byte[] value) {
        count(value.length);
        ensureRoom(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Writes a text in UTF-8, or in UTF-16 if it contains an unpaired surrogate, which UTF-8 cannot represent. */
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        boolean exact = new String(utf8, StandardCharsets.UTF_8).equals(value);
        bits(exact ? 0 : 1);
        blob(exact ? utf8 : utf16(value));
    }

    private static byte[] utf16(String value) {
        byte[] bytes = new byte[2 * value.length()];
        for (int i = 0; i < value.length(); i++) {
            bytes[2 * i] = (byte) (value.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) value.charAt(i);
        }
        return bytes;
    }

    /** Writes a text or null. */
    void optional(@Nullable String value) {
        bits(value == null ? 0 : 1);
        if (value != null) {
            text(value);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
