package dev.juggler.work.fetch.saving;

import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the name of a file out of a URL: the last segment of its path without the query, as {@code curl -O} does, but
 * such that it stays in its folder, shows itself as it is, and is a plain name on every common file system.
 */
public final class UrlFileNames {
    /** What every common file system allows, in bytes of UTF-8. */
    static final int LONGEST = 255;

    private static final String NAMELESS = "index.html";
    private static final String ILLEGAL = "/\\<>:\"|?*";

    /** Windows takes these for devices, whatever the extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]) *(\\..*)?");

    /** A longer extension is none; it is cut like the rest of the name. */
    private static final int LONGEST_EXTENSION = 16;

    private UrlFileNames() {}

    /** The name for a path as it stands in a URL, percent-encoded, with its query. */
    static String of(String urlPath) {
        int query = urlPath.indexOf('?');
        int end = query < 0 ? urlPath.length() : query;
        String segment = urlPath.substring(urlPath.lastIndexOf('/', end - 1) + 1, end);
        return isPlain(segment) ? segment : safe(new String(PercentEncoding.decode(segment), StandardCharsets.UTF_8));
    }

    /** The name to take when those with lower numbers are taken: the number goes before the extension. */
    static String numbered(String name, int number) {
        String mark = "-" + number;
        int slash = name.lastIndexOf('/') + 1;
        String last = name.substring(slash);
        int dot = extensionAt(last);
        String extension = last.substring(dot);
        String stem = cut(last.substring(0, dot), LONGEST - mark.length() - bytes(extension));
        return name.substring(0, slash) + stem + mark + extension;
    }

    /** Nearly all names; saves the work below. */
    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !PercentEncoding.isAlphanumeric(name.charAt(0))) {
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

    /** A plain name out of one that a server gave; folders in it are left out. */
    public static String fromServer(String text) {
        return safe(text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1));
    }

    /** A plain name that is as near to this text as can be. */
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
        return bytes(name) <= LONGEST
                ? name
                : cut(name.substring(0, dot), LONGEST - bytes(name.substring(dot))) + name.substring(dot);
    }

    /** U+FFFD stands where bytes were no UTF-8. */
    private static boolean isSafe(int c) {
        return Excerpt.isPlain(c) && Character.isDefined(c) && ILLEGAL.indexOf(c) < 0 && c != 0xFFFD;
    }

    /** Windows drops dots and spaces at the end, which would make two names one. */
    private static String stripEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Where the extension begins, with its dot; the end of the name when it has none. */
    static int extensionAt(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION ? dot : name.length();
    }

    /** The longest beginning of at most so many bytes that splits no character. */
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
