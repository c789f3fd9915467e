package dev.juggler.work.fetch.saving;

import dev.juggler.access.FileErrorText;
import dev.juggler.work.Excerpt;
import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder bodies are saved in. It gives a finished file its final name, atomically, and never the name of another
 * file. Which names are taken the file system itself says, so nothing is remembered for a name that is used once. Safe
 * for use by several threads; its methods block.
 */
public final class DownloadFolder {
    /** How many names that several inputs share are remembered; a forgotten one costs time, nothing else. */
    private static final int REMEMBERED = 4_096;

    private final Path folder;

    /** When the run began by the clock of the file system: a file that is not older belongs to this run. */
    private final FileTime began;

    private final String partPrefix;
    private final AtomicLong parts = new AtomicLong();
    private final Map<String, NumberedName> shared = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NumberedName> eldest) {
            return size() > REMEMBERED;
        }
    };

    private DownloadFolder(Path folder, FileTime began, String partPrefix) {
        this.folder = folder;
        this.began = began;
        this.partPrefix = partPrefix;
    }

    /**
     * Makes the folder where it is missing, and tries that it can be written.
     *
     * @throws InvalidWorkException when it cannot
     */
    public static DownloadFolder open(String text) {
        String prefix = ".juggler-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        try {
            Path folder = Path.of(text.isEmpty() ? "." : text);
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Path probe = Files.createFile(folder.resolve(prefix + ".probe"));
            FileTime now = Files.getLastModifiedTime(probe);
            Files.delete(probe);
            return new DownloadFolder(folder, now, prefix);
        } catch (FileAlreadyExistsException e) {
            throw InvalidWorkException.output(
                    "the output folder '" + Excerpt.of(text) + "' is a file: name a folder", e);
        } catch (IOException | InvalidPathException e) {
            String why = e instanceof IOException failed ? FileErrorText.of(failed) : "it is no path";
            throw InvalidWorkException.output(
                    "the output folder '" + Excerpt.of(text) + "' cannot be written: " + Excerpt.of(why)
                            + "; name a folder that you may write to",
                    e);
        }
    }

    /** A name for a temporary file; hidden, and never one that a URL can ask for. */
    Path newPart() {
        return folder.resolve(partPrefix + "-" + parts.incrementAndGet() + ".part");
    }

    /**
     * Gives a finished temporary file its final name: {@code name}, or the first numbered one that is free. When a file
     * from before this run lies there with the very same bytes, that one is the result. The temporary file is gone
     * afterwards.
     *
     * @param digest the SHA-256 of the file, or null when it is not known yet
     * @return the path of the result
     */
    public String commit(Path part, String name, long size, byte[] digest) throws IOException {
        String writable = encodable(name);
        makeFolders(writable);
        NumberedName taken = remembered(writable);
        if (taken == null) {
            Path target = folder.resolve(writable);
            if (place(part, target)) {
                return target.toString();
            }
            taken = share(writable);
        }
        return taken.settle(part, size, digest).toString();
    }

    /**
     * Puts a finished temporary file in the place of the file from before the run that has this name. When another
     * input was faster, it is committed like any other.
     */
    public String replace(Path part, String name, long size, byte[] digest) throws IOException {
        String writable = encodable(name);
        synchronized (this) {
            BasicFileAttributes old = attributes(writable);
            if (old != null && predatesRun(old)) {
                Path target = folder.resolve(writable);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                return target.toString();
            }
        }
        return commit(part, name, size, digest);
    }

    /** Waits until the name of this file below it, and of the folders it is in, are on disk. */
    public void force(Path file) throws IOException {
        for (Path parent = file.getParent(); parent.startsWith(folder); parent = parent.getParent()) {
            try (FileChannel names = FileChannel.open(parent)) {
                names.force(true);
            }
            if (parent.equals(folder)) {
                return;
            }
        }
    }

    /**
     * Makes the folders that a name stands in. What lies there already is a folder or an error: through a link the file
     * would get to wherever that leads.
     */
    private void makeFolders(String name) throws IOException {
        Path parent = folder;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            parent = folder.resolve(name.substring(0, slash));
            try {
                Files.createDirectory(parent);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileSystemException(parent.toString(), null, "it is no folder, but a link or a file");
                }
            }
        }
    }

    private NumberedName remembered(String name) {
        synchronized (shared) {
            return shared.isEmpty() ? null : shared.get(name);
        }
    }

    private NumberedName share(String name) {
        synchronized (shared) {
            return shared.computeIfAbsent(name, n -> new NumberedName(this, n));
        }
    }

    /** Moves the file to a name that is free, in one step; false when it is not. */
    boolean place(Path part, Path target) throws IOException {
        try {
            if (ExclusiveRename.give(part, target)) {
                return true;
            }
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return placeWithoutLink(part, target);
        }
        Files.delete(part);
        return true;
    }

    /** For file systems that have neither. Looking and moving are two steps, so no two of ours may mix. */
    private synchronized boolean placeWithoutLink(Path part, Path target) throws IOException {
        try {
            Files.move(part, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    /** What lies under a name, without following a link; null when nothing does. */
    public BasicFileAttributes attributes(String name) throws IOException {
        try {
            return Files.readAttributes(folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Returns whether this is a plain file from before the run. */
    public boolean predatesRun(BasicFileAttributes file) {
        return file.isRegularFile() && file.lastModifiedTime().compareTo(began) < 0;
    }

    /**
     * Makes an old file one of this run by giving it the time of the new one; false when another input was faster, or
     * the file is not ours to change.
     */
    synchronized boolean adopt(String name, Path part) throws IOException {
        BasicFileAttributes old = attributes(name);
        if (old == null || !predatesRun(old)) {
            return false;
        }
        try {
            Files.setLastModifiedTime(folder.resolve(name), Files.getLastModifiedTime(part));
        } catch (FileSystemException notOurs) {
            return false;
        }
        Files.delete(part);
        return true;
    }

    /** The name itself, or an ASCII one where the locale of the JVM has no bytes for it. */
    private String encodable(String name) {
        try {
            var _ = folder.resolve(name);
            return name;
        } catch (InvalidPathException e) {
            return name.replaceAll("[^ -~]", "_");
        }
    }
}
