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
import org.jspecify.annotations.Nullable;

/**
 * The known origin of a saved file. It is stored in extended attributes of the file itself, so that it moves with the
 * file; on a file system without them only the file's time is known.
 *
 * @param wanted the URL of the input
 * @param url the URL the file came from, or null
 * @param etag its entity tag, weak or strong, or null
 * @param modified time of its last change on the server, or else the time it was saved
 */
public record FileOrigin(
        String wanted, @Nullable String url, @Nullable String etag, String modified) {
    private static final String URL = "xdg.origin.url";
    private static final String ETAG = "juggler.etag";
    private static final String MODIFIED = "juggler.last-modified";
    private static final int MAX_LENGTH = 4_096;

    /** Reads the attributes of a file that may be the result of an input. */
    public static FileOrigin read(Path file, BasicFileAttributes attributes, String wanted) {
        String modified = get(file, MODIFIED);
        Instant saved = attributes.lastModifiedTime().toInstant();
        return new FileOrigin(
                wanted, get(file, URL), get(file, ETAG), modified != null ? modified : HttpDates.format(saved));
    }

    /**
     * Stores the origin and validators of a response in a file's attributes; values that cannot be stored are left out.
     */
    public static void write(Path file, String url, ResponseHead head) {
        set(file, URL, url);
        set(file, ETAG, head.headers().get("etag"));
        String modified = head.headers().get("last-modified");
        set(file, MODIFIED, modified == null || HttpDates.parse(modified).isEmpty() ? null : modified);
    }

    /** Returns whether the file came from the URL of the input, as far as is known. */
    public boolean hasSameUrl() {
        return url == null || url.equals(wanted);
    }

    /** Returns the headers of a conditional request, which make the server send the body only if it has changed. */
    public List<Header> conditions() {
        if (!hasSameUrl()) {
            return List.of();
        }
        Header since = new Header("if-modified-since", modified);
        return etag == null ? List.of(since) : List.of(new Header("if-none-match", etag), since);
    }

    private static @Nullable UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable String get(Path file, String name) {
        try {
            UserDefinedFileAttributeView view = view(file);
            if (view == null || !view.list().contains(name)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(view.size(name), MAX_LENGTH));
            view.read(name, bytes);
            String text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
            return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static void set(Path file, String name, @Nullable String value) {
        try {
            UserDefinedFileAttributeView view = view(file);
            if (view != null && value != null && value.length() <= MAX_LENGTH) {
                view.write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException notStored) {
            // Without attributes the condition is the file's time.
            return;
        }
    }
}
