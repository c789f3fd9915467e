package dev.juggler.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.jspecify.annotations.Nullable;

/**
 * A file of cookies in the Netscape format that curl, wget and browsers' exports share: one cookie per line, with seven
 * tab-separated fields (domain, whether subdomains get it too, path, secure, expiry in seconds since 1970 or 0, name,
 * value); {@code #HttpOnly_} precedes the domain of a cookie hidden from scripts.
 */
public final class CookieFile {
    private static final String HTTP_ONLY = "#HttpOnly_";
    private static final int FIELDS = 7;
    private static final long MAX_BYTES = 16 << 20;
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final Path file;
    private final CookieStore cookies = new CookieStore();

    private CookieFile(Path file) {
        this.file = file;
    }

    /**
     * Opens a cookie jar; a missing file is an empty one.
     *
     * @throws IllegalArgumentException when the file cannot be read, or a line is not a cookie
     */
    public static CookieFile open(Path file) {
        try {
            // Saving replaces the target of a link, not the link.
            CookieFile jar = new CookieFile(Files.exists(file) ? file.toRealPath() : file);
            if (Files.exists(file)) {
                jar.read();
            } else if (!Files.isWritable(folderOf(file))) {
                throw new IllegalArgumentException(
                        "cannot write the cookie jar " + file + ": its folder is not writable");
            }
            return jar;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the cookie jar " + file + ": " + FileErrorText.of(e), e);
        }
    }

    private void read() throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("the cookie jar " + file + " is larger than 16 MiB");
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean httpOnly = line.startsWith(HTTP_ONLY);
            if (httpOnly || !line.isBlank() && !line.startsWith("#")) {
                String[] fields = (httpOnly ? line.substring(HTTP_ONLY.length()) : line).split("\t", -1);
                if (fields.length != FIELDS || !fields[4].matches("-?[0-9]{1,18}")) {
                    throw new IllegalArgumentException("the cookie jar " + file + " is invalid: line " + (i + 1)
                            + " is not a cookie of seven tab-separated fields");
                }
                Cookie cookie = cookie(fields, httpOnly);
                if (CookiePrefix.isKept(cookie)) {
                    cookies.add(cookie);
                }
            }
        }
    }

    private static Cookie cookie(String[] fields, boolean httpOnly) {
        String domain = fields[0].toLowerCase(Locale.ROOT);
        BasicClientCookie cookie = new BasicClientCookie(fields[5], fields[6]);
        cookie.setDomain(domain.startsWith(".") ? domain.substring(1) : domain);
        if (fields[1].equalsIgnoreCase("TRUE")) {
            cookie.setAttribute(Cookie.DOMAIN_ATTR, domain);
        }
        cookie.setPath(fields[2]);
        cookie.setAttribute(Cookie.PATH_ATTR, fields[2]);
        cookie.setSecure(fields[3].equalsIgnoreCase("TRUE"));
        if (httpOnly) {
            cookie.setAttribute(Cookie.HTTP_ONLY_ATTR, "");
        }
        long expiry = Long.parseLong(fields[4]);
        if (expiry != 0) {
            cookie.setExpiryDate(expiry > LAST.getEpochSecond() ? LAST : Instant.ofEpochSecond(expiry));
        }
        return cookie;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    }

    /** Returns its cookies. */
    public CookieStore cookies() {
        return cookies;
    }

    /**
     * Saves all cookies atomically, including session cookies. Only the owner can read a new file.
     *
     * @throws UncheckedIOException when the file cannot be written; the old one remains
     */
    public void save() {
        StringBuilder text =
                new StringBuilder("# Netscape HTTP Cookie File\n# Written by juggler. Keep it secret.\n\n");
        cookies.all().forEach(cookie -> append(cookie, text));
        try {
            Path part = Files.createTempFile(folderOf(file), ".juggler-", ".cookies", ownersOnly());
            try {
                Files.writeString(part, text);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the cookie jar " + file + ": " + FileErrorText.of(e), e);
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void append(Cookie cookie, StringBuilder text) {
        boolean subdomains = cookie.containsAttribute(Cookie.DOMAIN_ATTR);
        Instant expiry = cookie.getExpiryInstant();
        if (isWritable(cookie.getName()) && isWritable(cookie.getValue()) && isWritable(cookie.getPath())) {
            text.append(cookie.containsAttribute(Cookie.HTTP_ONLY_ATTR) ? HTTP_ONLY : "")
                    .append(subdomains ? "." : "")
                    .append(String.join(
                            "\t",
                            cookie.getDomain(),
                            flag(subdomains),
                            cookie.getPath(),
                            flag(cookie.isSecure()),
                            Long.toString(expiry == null ? 0 : expiry.getEpochSecond()),
                            cookie.getName(),
                            cookie.getValue()))
                    .append('\n');
        }
    }

    /** Returns whether a field has no control characters: a tab would split it in two. */
    private static boolean isWritable(@Nullable String field) {
        return field != null && field.chars().noneMatch(c -> c < ' ' || c == 127);
    }

    private static String flag(boolean set) {
        return set ? "TRUE" : "FALSE";
    }
}
