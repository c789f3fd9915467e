package dev.juggler.work.fetch.saving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name requested several times, with its numbered variants. It scans the folder for them once and then only counts
 * up, so that thousands of inputs with one name take linear time.
 */
final class NumberedName {
    /** Maximum number of old files compared; a body equal to one beyond is saved again. */
    private static final int MAX_OLD_FILES = 100_000;

    private final DownloadFolder folder;
    private final String name;
    private @Nullable Map<Long, List<String>> oldBySize;
    private final Map<String, List<String>> oldByDigest = new HashMap<>();
    private int next;

    NumberedName(DownloadFolder folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Commits a file to its final name: that of an old file with the same bytes, or the next free one. */
    synchronized Path commit(Path part, long size, byte @Nullable [] digest) throws IOException {
        Map<Long, List<String>> old = oldBySize;
        if (old == null) {
            old = scan();
            oldBySize = old;
        }
        Path reused = reuseOld(old.remove(size), part, size, digest);
        if (reused != null) {
            return reused;
        }
        while (true) {
            Path target = folder.path(variant(next++));
            if (folder.rename(part, target)) {
                return target;
            }
        }
    }

    private Map<Long, List<String>> scan() throws IOException {
        Map<Long, List<String>> found = new HashMap<>();
        @Nullable BasicFileAttributes file;
        while ((file = folder.attributes(variant(next))) != null) {
            if (folder.predatesRun(file) && next < MAX_OLD_FILES) {
                found.computeIfAbsent(file.size(), s -> new ArrayList<>()).add(variant(next));
            }
            next++;
        }
        return found;
    }

    private @Nullable Path reuseOld(@Nullable List<String> sameSize, Path part, long size, byte @Nullable [] digest)
            throws IOException {
        if (sameSize != null) {
            for (String old : sameSize) {
                oldByDigest
                        .computeIfAbsent(key(size, digestOfOld(old)), d -> new ArrayList<>())
                        .add(old);
            }
        }
        if (oldByDigest.isEmpty()) {
            return null;
        }
        byte[] own = digest == null ? digestOf(part) : digest;
        List<String> equal = oldByDigest.getOrDefault(key(size, own), new ArrayList<>());
        while (!equal.isEmpty()) {
            String old = equal.removeFirst();
            if (folder.adopt(old, part)) {
                return folder.path(old);
            }
        }
        return null;
    }

    /** Returns an empty digest, which equals no other, for a file that cannot be read. */
    private byte[] digestOfOld(String old) {
        try {
            return digestOf(folder.path(old));
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private static byte[] digestOf(Path file) throws IOException {
        MessageDigest digest = Checksum.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private String variant(int number) {
        return number == 0 ? name : UrlFileNames.numbered(name, number);
    }

    private static String key(long size, byte[] digest) {
        return size + ":" + java.util.HexFormat.of().formatHex(digest);
    }
}
