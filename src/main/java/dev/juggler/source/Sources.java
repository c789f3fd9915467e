package dev.juggler.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The ways to make a {@link Source}. All that can be wrong with an input before it is read is told here, when it is
 * opened: malformed arguments and globs as {@link IllegalArgumentException}, files and folders that cannot be read as
 * {@link IOException}, both with a message of one line for a person. No argument may be null.
 */
public final class Sources {
    private Sources() {}

    /**
     * Command-line arguments in order. Numbers come as {@code Input.Whole} under {@link ExpansionMode#RANGES},
     * everything else as {@code Input.Text}; numbers with leading zeros keep them, and are text.
     *
     * @throws IllegalArgumentException when a range or braces are malformed, or stand for 2^63 inputs and more
     */
    public static Source arguments(List<String> arguments, ExpansionMode expansion) {
        return new IndexedSource(arguments.stream()
                .map(argument -> ArgumentExpansion.parse(argument, expansion))
                .toList());
    }

    /** The lines of a UTF-8 file: {@link #list(Path, ListFormat)} with {@link ListFormat#LINES}. */
    public static Source list(Path file) throws IOException {
        return list(file, ListFormat.LINES);
    }

    /**
     * The inputs in a UTF-8 file, a pipe or a device, as text, never expanded. Reading ends with an
     * {@link IllegalArgumentException} that names the line when one is not UTF-8 or longer than 1 MiB.
     *
     * @throws IOException when the file cannot be opened
     */
    public static Source list(Path file, ListFormat format) throws IOException {
        return ListSource.open(file, format);
    }

    /** The lines of standard input: {@link #list(InputStream, ListFormat)} with {@link ListFormat#LINES}. */
    public static Source list(InputStream stdin) {
        return list(stdin, ListFormat.LINES);
    }

    /**
     * The inputs in a stream, which messages call standard input; like those of a file. Each page holds what has
     * arrived. Closing the source leaves the stream open.
     */
    public static Source list(InputStream stdin, ListFormat format) {
        return ListSource.of(stdin, format);
    }

    /**
     * The regular files that match a glob, as text: relative when the glob is, absolute when it is; in the order of
     * their names, folder by folder. A segment of the glob matches one name as {@link java.nio.file.PathMatcher} does;
     * {@code **} stands for any number of folders, none too, and does not follow links. Hidden names match only where
     * the segment begins with a dot. No match makes an empty source; a folder that cannot be read fails.
     *
     * @throws IllegalArgumentException when the glob is malformed
     * @throws IOException when the folder where it begins cannot be read
     */
    public static Source glob(String glob) throws IOException {
        return new GlobSource(GlobPattern.parse(glob));
    }

    /**
     * A file cut at line ends into {@code Input.FileChunk}s of about equal size that hold every byte once: at most
     * {@code chunks}, fewer when there are fewer lines, none when it is empty.
     *
     * @param chunks from 1 to 1,000,000
     * @throws IllegalArgumentException when {@code chunks} is not
     * @throws IOException when the file cannot be read, or cannot be read at any place as a pipe cannot
     */
    public static Source splitFile(Path file, int chunks) throws IOException {
        return new IndexedSource(List.of(FileParts.of(file, chunks)));
    }

    /**
     * All tasks of several sources under indexes that run on. The size is known where all sizes are. The sources belong
     * to the new one, which closes them.
     *
     * @throws IllegalArgumentException when the sizes come to 2^63 and more
     */
    public static Source concat(List<? extends Source> sources) {
        return new ConcatSource(sources);
    }

    /**
     * The texts of a source as URLs: one with a user in it becomes an {@link dev.juggler.job.Input.Url}, whose key does
     * not tell. The source belongs to the new one, which closes it.
     */
    public static Source urls(Source texts) {
        return new UrlSource(texts);
    }

    /**
     * Links out of the JSON of an API, read page by page as they are needed. Relative ones are resolved against their
     * page; the size is not known. A page that cannot be read, or that comes again, ends the run with an
     * {@link IOException}; pointers that select nothing at all, or no link, with an {@link IllegalArgumentException}.
     *
     * @param pages reads them; belongs to the source, which closes it
     * @param url of the first page
     * @param select a JSON Pointer to the links, in which {@code *} stands for all elements or members
     * @param next a JSON Pointer to the link of the next page; nothing, null or an empty text is the end
     * @param maxPages more of them end the run
     * @throws IllegalArgumentException when the URL or a pointer is malformed
     */
    public static Source api(PageReader pages, String url, String select, Optional<String> next, int maxPages) {
        Optional<PointerPattern> following = next.map(PointerPattern::parse);
        if (following.filter(PointerPattern::selectsMany).isPresent()) {
            throw new IllegalArgumentException("a page has one next page: '" + next.get() + "' may select many");
        }
        return new ApiSource(pages, url, PointerPattern.parse(select), following, maxPages);
    }

    /** Guards a page size: an empty page would say that there are no more tasks. */
    static int atLeastOne(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a page holds at least 1 task, not " + max);
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
