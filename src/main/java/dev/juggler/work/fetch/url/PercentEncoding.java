package dev.juggler.work.fetch.url;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encodes and decodes parts of URLs, as leniently as curl and browsers. */
public final class PercentEncoding {
    private static final boolean[] LEGAL = new boolean[128];
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    static {
        String marks = "-._~!$&'()*+,;=:@/?%";
        for (char c = 0; c < 128; c++) {
            LEGAL[c] = isAlphanumeric(c) || marks.indexOf(c) >= 0;
        }
    }

    private PercentEncoding() {}

    /** Encodes the characters that may not appear in a path and query. Existing escapes stay as they are. */
    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !LEGAL[c] || c == '%') {
                return encodeFrom(text, i);
            }
        }
        return text;
    }

    private static String encodeFrom(String text, int start) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, start);
        byte[] bytes = utf8(text.substring(start));
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b < 0 || !LEGAL[b] || (b == '%' && !isEscape(bytes, i))) {
                appendEscape(out, b);
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    /** Encodes half a surrogate pair as U+FFFD. The JDK would encode it as a question mark, which begins a query. */
    private static byte[] utf8(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
                i++;
            } else if (Character.isSurrogate(chars[i])) {
                chars[i] = '\uFFFD';
            }
        }
        return new String(chars).getBytes(StandardCharsets.UTF_8);
    }

    /** Decodes a text to bytes. A percent sign without two hexadecimal digits stands for itself. */
    public static byte[] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && isEscape(bytes, i)) {
                out.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }

    /** Decodes bytes as UTF-8. If they are not UTF-8, percent-encodes every byte above 127. */
    public static String fromBytes(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            StringBuilder out = new StringBuilder(bytes.length + 16);
            for (byte b : bytes) {
                if (b < 0) {
                    appendEscape(out, b);
                } else {
                    out.append((char) b);
                }
            }
            return out.toString();
        }
    }

    public static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
    }

    private static void appendEscape(StringBuilder out, byte b) {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
    }
}
