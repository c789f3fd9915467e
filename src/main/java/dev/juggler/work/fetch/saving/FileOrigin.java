package dev.juggler.work.fetch.saving;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.http.HttpDates;
import dev.juggler.work.fetch.http.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a saved file's origin. It is kept in extended attributes of the file itself, so that it goes where
 * the file goes; where the file system has none, the file's time has to do.
 *
 * @param url where it came from, or null
 * @param etag its entity tag, weak or strong, or null
 * @param modified when it changed on the server, or else when it was saved
 */
public record FileOrigin(String wanted, String url, String etag, String modified) {
    private static final String URL = "xdg.origin.url";
    private static final String ETAG = "juggler.etag";
    private static final String MODIFIED = "juggler.last-modified";
    private static final int LONGEST = 4_096;

    /** Reads the marks of a file that may be what an input is wanted for. */
    public static FileOrigin read(Path file, BasicFileAttributes attributes, String wanted) {
        String modified = get(file, MODIFIED);
        Instant saved = attributes.lastModifiedTime().toInstant();
        return new FileOrigin(
                wanted, get(file, URL), get(file, ETAG), modified != null ? modified : HttpDates.format(saved));
    }

    /** Marks a file with what the head of its body says; what cannot be kept is left out. */
    public static void write(Path file, String url, ResponseHead head) {
        set(file, URL, url);
        set(file, ETAG, head.headers().apply("etag"));
        String modified = head.headers().apply("last-modified");
        set(file, MODIFIED, modified == null || HttpDates.parse(modified).isEmpty() ? null : modified);
    }

    /** Returns whether it came from where the input is, as far as is known. */
    public boolean hasSameUrl() {
        return url == null || url.equals(wanted);
    }

    /** What makes a server send it only when it has changed. */
    public List<Header> conditions() {
        if (!hasSameUrl()) {
            return List.of();
        }
        Header since = new Header("if-modified-since", modified);
        return etag == null ? List.of(since) : List.of(new Header("if-none-match", etag), since);
    }

    private static UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String get(Path file, String name) {
        try {
            UserDefinedFileAttributeView view = view(file);
            if (view == null || !view.list().contains(name)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(view.size(name), LONGEST));
            view.read(name, bytes);
            String text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
            return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : null;
        } catch (IOException notThere) {
            return null;
        }
    }

    private static void set(Path file, String name, String value) {
        try {
            UserDefinedFileAttributeView view = view(file);
            if (view != null && value != null && value.length() <= LONGEST) {
                view.write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException notKept) {
            // A file without marks is asked for by its time.
            return;
        }
    }
}
