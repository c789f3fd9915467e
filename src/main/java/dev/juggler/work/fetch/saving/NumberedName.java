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

/**
 * One name that is asked for though it is taken, with its numbered variants. It looks once at what the folder holds
 * under them and then goes on counting, so that thousands of inputs with one name cost no more than their number.
 */
final class NumberedName {
    /** Old files beyond this many are left alone, and what is equal to them is saved again. */
    private static final int MOST_OLD = 100_000;

    private final DownloadFolder folder;
    private final String name;
    private Map<Long, List<String>> oldBySize;
    private final Map<String, List<String>> oldByDigest = new HashMap<>();
    private int next;

    NumberedName(DownloadFolder folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Finds the file its final place: an old file with the same bytes, or the next free name. */
    synchronized Path settle(Path part, long size, byte[] digest) throws IOException {
        if (oldBySize == null) {
            oldBySize = lookAround();
        }
        Path kept = keepOld(part, size, digest);
        if (kept != null) {
            return kept;
        }
        while (true) {
            Path target = folder.path(variant(next++));
            if (folder.place(part, target)) {
                return target;
            }
        }
    }

    private Map<Long, List<String>> lookAround() throws IOException {
        Map<Long, List<String>> found = new HashMap<>();
        BasicFileAttributes file;
        while ((file = folder.attributes(variant(next))) != null) {
            if (folder.predatesRun(file) && next < MOST_OLD) {
                found.computeIfAbsent(file.size(), s -> new ArrayList<>()).add(variant(next));
            }
            next++;
        }
        return found;
    }

    private Path keepOld(Path part, long size, byte[] digest) throws IOException {
        List<String> sameSize = oldBySize.remove(size);
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

    /** Empty, and so equal to nothing, for a file that cannot be read. */
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
