package dev.juggler.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Makes {@link Source}s. Errors that can be detected before reading are thrown when a source is opened: malformed
 * arguments and globs as {@link IllegalArgumentException}, files and folders that cannot be read as
 * {@link IOException}, both with a message of one line for the user.
 */
public final class Sources {
    private Sources() {}

    /**
     * Returns command-line arguments in order. Numbers are {@code Input.Whole} under {@link ExpansionMode#RANGES},
     * everything else is {@code Input.Text}. Numbers with leading zeros keep them, and are text.
     *
     * @throws IllegalArgumentException when a range or braces are malformed, or expand to 2^63 inputs or more
     */
    public static Source arguments(List<String> arguments, ExpansionMode expansion) {
        return new IndexedSource(arguments.stream()
                .map(argument -> ArgumentExpansion.parse(argument, expansion))
                .toList());
    }

    /** Returns the lines of a UTF-8 file: {@link #list(Path, ListFormat)} with {@link ListFormat#LINES}. */
    public static Source list(Path file) throws IOException {
        return list(file, ListFormat.LINES);
    }

    /**
     * Returns the inputs in a UTF-8 file, a pipe or a device as text, which is never expanded. Reading fails with an
     * {@link IllegalArgumentException} that names the line when one is not UTF-8 or longer than 1 MiB.
     *
     * @throws IOException when the file cannot be opened
     */
    public static Source list(Path file, ListFormat format) throws IOException {
        return ListSource.open(file, format);
    }

    /** Returns the lines of standard input: {@link #list(InputStream, ListFormat)} with {@link ListFormat#LINES}. */
    public static Source list(InputStream stdin) {
        return list(stdin, ListFormat.LINES);
    }

    /**
     * Returns the inputs in a stream, like those of a file. Messages call it standard input. Each page contains the
     * inputs that have arrived. Closing the source leaves the stream open.
     */
    public static Source list(InputStream stdin, ListFormat format) {
        return ListSource.of(stdin, format);
    }

    /**
     * Returns the regular files that match a glob, as text, relative or absolute like the glob, sorted by name, folder
     * by folder. A segment of the glob matches one name as {@link java.nio.file.PathMatcher} does. {@code **} matches
     * any number of folders, including none, and does not follow links. Hidden names match only when the segment begins
     * with a dot. Without a match the source is empty. A folder that cannot be read is an error.
     *
     * @throws IllegalArgumentException when the glob is malformed
     * @throws IOException when the folder where it begins cannot be read
     */
    public static Source glob(String glob) throws IOException {
        return new GlobSource(GlobPattern.parse(glob));
    }

    /**
     * Returns a file split at line ends into {@code Input.FileChunk}s of about equal size that contain every byte once:
     * at most {@code chunks}, fewer when there are fewer lines, none when the file is empty.
     *
     * @param chunks from 1 to 1,000,000
     * @throws IllegalArgumentException when {@code chunks} is out of range
     * @throws IOException when the file cannot be read, or is not seekable, like a pipe
     */
    public static Source splitFile(Path file, int chunks) throws IOException {
        return new IndexedSource(List.of(FileParts.of(file, chunks)));
    }

    /**
     * Returns the tasks of several sources with consecutive indexes. The size is known when all sizes are. The sources
     * belong to the new one, which closes them.
     *
     * @throws IllegalArgumentException when the sum of the sizes is 2^63 or more
     */
    public static Source concat(List<? extends Source> sources) {
        return new ConcatSource(sources);
    }

    /**
     * Returns the texts of a source as URLs. One with a user becomes an {@link dev.juggler.job.Input.Url}, whose key
     * hides it. The source belongs to the new one, which closes it.
     */
    public static Source urls(Source texts) {
        return new UrlSource(texts);
    }

    /**
     * Returns links in the JSON of an API, which is read page by page on demand. Relative links are resolved against
     * their page. The size is not known. A page that cannot be read, or is repeated, ends the run with an
     * {@link IOException}; a pointer that selects nothing at all, or no link, with an {@link IllegalArgumentException}.
     *
     * @param pages the reader of the pages, which the source closes
     * @param url the URL of the first page
     * @param select a JSON Pointer to the links, in which {@code *} selects all elements or members
     * @param next a JSON Pointer to the link of the next page; nothing, null or an empty text ends the list
     * @param maxPages the maximum number of pages; more of them end the run
     * @throws IllegalArgumentException when the URL or a pointer is malformed
     */
    public static Source api(PageReader pages, String url, String select, Optional<String> next, int maxPages) {
        Optional<PointerPattern> following = next.map(PointerPattern::parse);
        following.filter(PointerPattern::selectsMany).ifPresent(pointer -> {
            throw new IllegalArgumentException("a page has one next page: '" + pointer.text() + "' may select many");
        });
        return new ApiSource(pages, url, PointerPattern.parse(select), following, maxPages);
    }

    /** Checks the size of a page, because an empty page would mean that there are no more tasks. */
    static int atLeastOne(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a page must have at least 1 task, not " + max);
        }
        return max;
    }

    static long total(LongStream counts) {
        try {
            return counts.reduce(0, Math::addExact);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "there are more inputs than can be counted: give fewer or shorter ranges");
        }
    }
}
