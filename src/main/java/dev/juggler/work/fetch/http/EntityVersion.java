package dev.juggler.work.fetch.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validator of a body's version: RFC 9110, 8.8 and 13.1.5. Parts are combined only when both have the same strong
 * validator, one that changes whenever a byte does.
 *
 * @param etag a strong entity tag with its quotes, or null
 * @param lastModified the Last-Modified of a body without such a tag, as the server wrote it, or null
 * @param total the length of the whole body in bytes, or -1
 */
public record EntityVersion(@Nullable String etag, @Nullable String lastModified, long total) {
    /** A version without a validator. */
    public static final EntityVersion UNKNOWN = new EntityVersion(null, null, -1);

    /** Returns the version of a whole body with this head. */
    public static EntityVersion of(ResponseHead head) {
        if ("none".equalsIgnoreCase(head.headers().get("accept-ranges"))) {
            return UNKNOWN;
        }
        String etag = head.headers().get("etag");
        if (etag != null && isStrong(etag)) {
            return new EntityVersion(etag, null, head.length());
        }
        String modified = head.headers().get("last-modified");
        return modified != null && isStrong(modified, head.headers().get("date"))
                ? new EntityVersion(null, modified, head.length())
                : UNKNOWN;
    }

    private static boolean isStrong(String etag) {
        return etag.length() > 2
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

    /**
     * A file may change twice within the second of its Last-Modified, but not if that second had passed when the
     * response was sent.
     */
    private static boolean isStrong(String modified, @Nullable String date) {
        if (date == null) {
            return false;
        }
        Optional<Instant> changed = HttpDates.parse(modified);
        return changed.isPresent()
                && HttpDates.parse(date)
                        .filter(sent -> sent.minusSeconds(1).compareTo(changed.get()) >= 0)
                        .isPresent();
    }

    /** Returns whether a part of this version can be resumed. Derived, so not a property in the record's JSON. */
    @JsonIgnore
    public boolean isKnown() {
        return etag != null || lastModified != null;
    }

    /** Returns the value of If-Range for a version that {@link #isKnown}. */
    public String ifRange() {
        return etag != null ? etag : Objects.requireNonNull(lastModified, "a version without a validator");
    }

    /** Returns whether a partial response declares this version. One without a validator does not match. */
    public boolean matches(ResponseHead partial) {
        return etag != null
                ? etag.equals(partial.headers().get("etag"))
                : lastModified != null && lastModified.equals(partial.headers().get("last-modified"));
    }
}
