package dev.juggler.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow: whole numbers in as few bytes as they need (LEB128, negative ones zigzag), texts with their length.
 */
final class WireWriter {
    /** No message is longer: what is, is a result that no sender means to send. */
    static final int LONGEST = 1 << 26;

    private static final int FIRST = 512;
    private byte[] bytes = new byte[FIRST];
    private int length;

    private void room(int more) {
        if (more > LONGEST - length) {
            throw new IllegalArgumentException("a message has more than " + LONGEST + " bytes");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(LONGEST, 2 * bytes.length)));
        }
    }

    void bits(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** A number from 0 in one byte for each seven bits. */
    void count(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Any number; small ones, also below zero, are short. */
    void number(long value) {
        count((value << 1) ^ (value >> 63));
    }

    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    void blob(byte[] value) {
        count(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** A text; half a surrogate pair, for which UTF-8 has no form, makes the whole of it UTF-16. */
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

    /** A text, or null. */
    void optional(String value) {
        bits(value == null ? 0 : 1);
        if (value != null) {
            text(value);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
