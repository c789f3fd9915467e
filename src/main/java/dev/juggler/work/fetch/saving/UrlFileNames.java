package dev.juggler.work.fetch.saving;

import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Derives a file name from a URL: the last segment of its path without the query, like {@code curl -O}, but restricted
 * so that it stays in its folder, has no invisible characters, and is a plain name on every common file system.
 */
public final class UrlFileNames {
    /** Maximum length on every common file system, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    private static final String NAMELESS = "index.html";
    private static final String ILLEGAL = "/\\<>:\"|?*";

    /** Names that Windows treats as devices, whatever the extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]) *(\\..*)?");

    /** Maximum length of an extension; a longer one is cut like the rest of the name. */
    private static final int MAX_EXTENSION_BYTES = 16;

    private UrlFileNames() {}

    /** Returns the name for a percent-encoded path and query. */
    static String of(String urlPath) {
        int query = urlPath.indexOf('?');
        int end = query < 0 ? urlPath.length() : query;
        String segment = urlPath.substring(urlPath.lastIndexOf('/', end - 1) + 1, end);
        return isPlain(segment) ? segment : safe(new String(PercentEncoding.decode(segment), StandardCharsets.UTF_8));
    }

    /** Returns the numbered variant of a name: the number is inserted before the extension. */
    static String numbered(String name, int number) {
        String suffix = "-" + number;
        int slash = name.lastIndexOf('/') + 1;
        String last = name.substring(slash);
        int dot = extensionAt(last);
        String extension = last.substring(dot);
        String stem = cut(last.substring(0, dot), MAX_BYTES - suffix.length() - bytes(extension));
        return name.substring(0, slash) + stem + suffix + extension;
    }

    /** Returns whether a name, as nearly all, is safe as it is. */
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > MAX_BYTES || !PercentEncoding.isAlphanumeric(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!PercentEncoding.isAlphanumeric(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !name.endsWith(".") && !mayBeDevice(name);
    }

    private static boolean mayBeDevice(String name) {
        return "cpalnCPALN".indexOf(name.charAt(0)) >= 0
                && DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns a plain name for one that a server gave, without its folders. */
    public static String fromServer(String text) {
        return safe(text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1));
    }

    /** Returns the plain name closest to this text. */
    static String safe(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isSafe(c) ? c : '_'));
        String name = stripEnd(Normalizer.normalize(out, Normalizer.Form.NFC).strip());
        if (name.isEmpty()) {
            return NAMELESS;
        }
        if (name.startsWith(".") || name.startsWith("-")) {
            name = "_" + name.substring(1);
        }
        name = mayBeDevice(name) ? "_" + name : name;
        int dot = extensionAt(name);
        return bytes(name) <= MAX_BYTES
                ? name
                : cut(name.substring(0, dot), MAX_BYTES - bytes(name.substring(dot))) + name.substring(dot);
    }

    /** Returns whether a character is safe in a name; U+FFFD replaces bytes that were not UTF-8. */
    private static boolean isSafe(int c) {
        return Excerpt.isPlain(c) && Character.isDefined(c) && ILLEGAL.indexOf(c) < 0 && c != 0xFFFD;
    }

    /** Removes dots and spaces at the end, which Windows ignores, so that no two names become one. */
    private static String stripEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Returns the index of the extension, including its dot; the length of the name when it has none. */
    static int extensionAt(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && bytes(name.substring(dot)) <= MAX_EXTENSION_BYTES ? dot : name.length();
    }

    /** Returns the longest prefix of at most this many bytes that splits no character. */
    private static String cut(String text, int bytes) {
        int end = 0;
        int length = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (length > bytes) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
