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
import org.jspecify.annotations.Nullable;

/**
 * The folder bodies are saved in. It gives a finished file its final name atomically, and never overwrites another file
 * of the run. The file system itself knows the names in use, so nothing is stored for a name that is used once. Safe
 * for use by several threads; its methods block.
 */
public final class DownloadFolder {
    /** Maximum number of cached names that several inputs share; an evicted one only costs time. */
    private static final int MAX_SHARED = 4_096;

    private final Path folder;

    /** Start of the run by the clock of the file system: a file that is not older belongs to this run. */
    private final FileTime began;

    private final String partPrefix;
    private final AtomicLong parts = new AtomicLong();
    private final Map<String, NumberedName> shared = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NumberedName> eldest) {
            return size() > MAX_SHARED;
        }
    };

    private DownloadFolder(Path folder, FileTime began, String partPrefix) {
        this.folder = folder;
        this.began = began;
        this.partPrefix = partPrefix;
    }

    /**
     * Creates the folder if it is missing, and checks that it is writable.
     *
     * @throws InvalidWorkException when it is not
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
            String why = e instanceof IOException failed ? FileErrorText.of(failed) : "it is not a valid path";
            throw InvalidWorkException.output(
                    "cannot write the output folder '" + Excerpt.of(text) + "': " + Excerpt.of(why)
                            + "; name a writable folder",
                    e);
        }
    }

    /** Returns the name for a temporary file; hidden, and never the name for a URL. */
    Path newPart() {
        return folder.resolve(partPrefix + "-" + parts.incrementAndGet() + ".part");
    }

    /**
     * Gives a finished temporary file its final name: {@code name}, or the first free numbered variant. If a file from
     * before this run has one of these names and identical bytes, that file is the result. The temporary file is gone
     * afterwards.
     *
     * @param digest the SHA-256 of the file, or null when it is not known yet
     * @return the path of the result
     */
    public String commit(Path part, String name, long size, byte @Nullable [] digest) throws IOException {
        String writable = encodable(name);
        createFolders(writable);
        NumberedName taken = shared(writable);
        if (taken == null) {
            Path target = folder.resolve(writable);
            if (rename(part, target)) {
                return target.toString();
            }
            taken = share(writable);
        }
        return taken.commit(part, size, digest).toString();
    }

    /**
     * Replaces a file of this name from before the run by a finished temporary file. When another input was faster, the
     * file is committed like any other.
     */
    public String replace(Path part, String name, long size, byte @Nullable [] digest) throws IOException {
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

    /** Forces the directory entries of this file, and of the folders it is in, to disk. */
    public void force(Path file) throws IOException {
        for (Path parent = file.getParent(); parent != null && parent.startsWith(folder); parent = parent.getParent()) {
            try (FileChannel names = FileChannel.open(parent)) {
                names.force(true);
            }
            if (parent.equals(folder)) {
                return;
            }
        }
    }

    /**
     * Creates the folders in a name. A link at one of these paths is an error: the file would end up wherever it leads.
     */
    private void createFolders(String name) throws IOException {
        Path parent = folder;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            parent = folder.resolve(name.substring(0, slash));
            try {
                Files.createDirectory(parent);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileSystemException(parent.toString(), null, "it is not a folder, but a link or a file");
                }
            }
        }
    }

    private @Nullable NumberedName shared(String name) {
        synchronized (shared) {
            return shared.isEmpty() ? null : shared.get(name);
        }
    }

    private NumberedName share(String name) {
        synchronized (shared) {
            return shared.computeIfAbsent(name, n -> new NumberedName(this, n));
        }
    }

    /** Moves the file to a free name atomically; false when the name is taken. */
    boolean rename(Path part, Path target) throws IOException {
        try {
            if (ExclusiveRename.rename(part, target)) {
                return true;
            }
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return renameWithoutLink(part, target);
        }
        Files.delete(part);
        return true;
    }

    /**
     * Moves the file where the file system supports neither. Checking and moving are two steps, so threads take turns.
     */
    private synchronized boolean renameWithoutLink(Path part, Path target) throws IOException {
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

    /** Returns the attributes of the file with this name, without following a link; null when there is none. */
    public @Nullable BasicFileAttributes attributes(String name) throws IOException {
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
     * Makes an old file part of this run by giving it the time of the new one; false when another input was faster, or
     * this process may not change the file.
     */
    synchronized boolean adopt(String name, Path part) throws IOException {
        BasicFileAttributes old = attributes(name);
        if (old == null || !predatesRun(old)) {
            return false;
        }
        try {
            Files.setLastModifiedTime(folder.resolve(name), Files.getLastModifiedTime(part));
        } catch (FileSystemException notPermitted) {
            return false;
        }
        Files.delete(part);
        return true;
    }

    /** Returns the name itself, or an ASCII one where the JVM's locale cannot encode it. */
    private String encodable(String name) {
        try {
            var _ = folder.resolve(name);
            return name;
        } catch (InvalidPathException e) {
            return name.replaceAll("[^ -~]", "_");
        }
    }
}
