package dev.juggler.work.fetch.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * Which version of a body a part of it belongs to, as the server marks it: RFC 9110, 8.8 and 13.1.5. Parts are only put
 * together when the mark of both is the same, and strong: one that changes whenever a byte does.
 *
 * @param etag a strong entity tag with its quotes, or null
 * @param lastModified the Last-Modified of a body without such a tag, as the server wrote it, or null
 * @param total the length of the whole body in bytes, or -1
 */
public record EntityVersion(String etag, String lastModified, long total) {
    /** Nothing says which version it is. */
    public static final EntityVersion UNKNOWN = new EntityVersion(null, null, -1);

    /** The version of a whole body with this head. */
    public static EntityVersion of(ResponseHead head) {
        if ("none".equalsIgnoreCase(head.headers().apply("accept-ranges"))) {
            return UNKNOWN;
        }
        String etag = head.headers().apply("etag");
        if (isStrong(etag)) {
            return new EntityVersion(etag, null, head.length());
        }
        String modified = head.headers().apply("last-modified");
        return isStrong(modified, head.headers().apply("date"))
                ? new EntityVersion(null, modified, head.length())
                : UNKNOWN;
    }

    private static boolean isStrong(String etag) {
        return etag != null
                && etag.length() > 2
                && etag.startsWith("\"")
                && etag.indexOf('"', 1) == etag.length() - 1
                && isVisible(etag);
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
                return false;
            }
        }
        return true;
    }

    /** A file may change twice in the second that Last-Modified tells; not if that second was over when it was sent. */
    private static boolean isStrong(String modified, String date) {
        if (modified == null || date == null) {
            return false;
        }
        Optional<Instant> changed = HttpDates.parse(modified);
        return changed.isPresent()
                && HttpDates.parse(date)
                        .filter(sent -> sent.minusSeconds(1).compareTo(changed.get()) >= 0)
                        .isPresent();
    }

    /** Returns whether a part of this version can be added to. Derived, so no property of the record's JSON form. */
    @JsonIgnore
    public boolean isKnown() {
        return etag != null || lastModified != null;
    }

    /** The value of If-Range. */
    public String ifRange() {
        return etag != null ? etag : lastModified;
    }

    /** Returns whether a partial answer says that it is of this version. One that does not say is not believed. */
    public boolean matches(ResponseHead partial) {
        return etag != null
                ? etag.equals(partial.headers().apply("etag"))
                : lastModified.equals(partial.headers().apply("last-modified"));
    }
}
