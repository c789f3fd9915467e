package dev.juggler.source;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the files that match a glob on demand. Keeps in memory the entries of the folders on the path to the current
 * one. The entries of a folder are sorted by name.
 */
final class GlobSource implements Source {
    /**
     * The number of folders after which an incomplete page is returned, so that rare matches in a large tree do not
     * wait.
     */
    private static final int FOLDERS_PER_PAGE = 256;

    private final GlobPattern pattern;
    private final Deque<Folder> open = new ArrayDeque<>();
    private long index;
    private int foldersRead;

    /** A folder of the walk: its remaining entries, and the segments that they may match. */
    private record Folder(BitSet at, Iterator<Path> entries) {}

    /** Begins a walk. Fails when the first folder cannot be read. */
    GlobSource(GlobPattern pattern) throws IOException {
        this.pattern = pattern;
        enter(pattern.root(), pattern.first());
    }

    @Override
    public List<Task> next(int max) throws IOException {
        Sources.atLeastOne(max);
        List<Task> page = new ArrayList<>();
        foldersRead = 0;
        while (!open.isEmpty() && page.size() < max && (page.isEmpty() || foldersRead < FOLDERS_PER_PAGE)) {
            Folder folder = open.getFirst();
            if (folder.entries().hasNext()) {
                visit(folder.entries().next(), folder.at(), page);
            } else {
                open.pop();
            }
        }
        return page;
    }

    private void visit(Path entry, BitSet at, List<Task> page) throws IOException {
        Optional<BasicFileAttributes> attributes = attributes(entry, LinkOption.NOFOLLOW_LINKS);
        boolean link = attributes.filter(BasicFileAttributes::isSymbolicLink).isPresent();
        Optional<BasicFileAttributes> target = link ? attributes(entry) : attributes;
        if (target.isEmpty()) {
            return;
        }
        BitSet next = pattern.after(at, entry.getFileName(), link);
        if (target.get().isDirectory() && pattern.hasMore(next)) {
            enter(entry, next);
        } else if (target.get().isRegularFile() && pattern.isEnd(next)) {
            page.add(new Task(index++, new Input.Text(text(entry))));
        }
    }

    /** Returns the attributes of an entry, or empty when it no longer exists or is a broken link. */
    private static Optional<BasicFileAttributes> attributes(Path entry, LinkOption... options) throws IOException {
        try {
            return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class, options));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // This includes a link to itself: "too many levels", for which the JDK has no exception.
            boolean link = options.length == 0;
            if (link && !(e instanceof AccessDeniedException)) {
                return Optional.empty();
            }
            throw ReadErrorText.because("the file", entry, e);
        }
    }

    private void enter(Path folder, BitSet at) throws IOException {
        Optional<String> only = pattern.onlyName(at);
        List<Path> entries = only.isPresent() ? List.of(folder.resolve(only.get())) : read(folder, at);
        open.push(new Folder(at, entries.iterator()));
    }

    private List<Path> read(Path folder, BitSet at) throws IOException {
        foldersRead++;
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path entry : all) {
                if (!pattern.after(at, entry.getFileName(), false).isEmpty()) {
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw ReadErrorText.because(
                    "the folder",
                    folder,
                    Objects.requireNonNull(e.getCause(), "a DirectoryIteratorException has a cause"));
        } catch (IOException e) {
            throw ReadErrorText.because("the folder", folder, e);
        }
        entries.sort(null);
        return entries;
    }

    /**
     * Returns the path as text. Rejects a name that this JVM's character set cannot encode: it would name another file,
     * or none.
     */
    private static String text(Path entry) throws IOException {
        String text = entry.toString();
        if (text.indexOf('\uFFFD') >= 0 && !names(text, entry)) {
            throw ReadErrorText.because("the file", entry, unencodable(System.getProperty("sun.jnu.encoding")));
        }
        return text;
    }

    private static String unencodable(String characters) {
        return "UTF-8".equals(characters)
                ? "its name is not UTF-8: rename it, or exclude it from the glob"
                : "its name does not fit the character set: set LC_ALL=C.UTF-8";
    }

    private static boolean names(String text, Path entry) {
        try {
            return Path.of(text).equals(entry);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        open.clear();
    }
}
