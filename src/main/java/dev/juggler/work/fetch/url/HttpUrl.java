package dev.juggler.work.fetch.url;

import dev.juggler.access.UserCredentials;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URL, normalized for a request.
 *
 * @param path path and query, percent-encoded, starting with a slash
 * @param userInfo user and password as written before the host, percent-encoded, or null; never part of {@link #url()}
 */
public record HttpUrl(Origin origin, String path, @Nullable String userInfo) {

    /** Returns the whole URL without user and password. */
    public String url() {
        return origin.url() + path;
    }

    /** Returns the decoded user and password, or null. */
    public @Nullable UserCredentials login() {
        return userInfo == null
                ? null
                : UserCredentials.parse(new String(PercentEncoding.decode(userInfo), StandardCharsets.UTF_8));
    }

    /**
     * Parses a URL as leniently as curl: a missing scheme means http, and characters that may not appear are
     * percent-encoded.
     *
     * @throws InvalidUrlException when the text is no http or https URL, or its host name is ambiguous
     */
    public static HttpUrl parse(String text) throws InvalidUrlException {
        return UrlParser.absolute(text.strip());
    }

    /**
     * Resolves a Location header against this URL. A relative reference keeps user and password.
     *
     * @param location the value as the transport delivers it, one char per byte
     * @throws InvalidUrlException when it does not lead to an http or https URL
     */
    public HttpUrl resolve(String location) throws InvalidUrlException {
        return UrlParser.relative(
                this, PercentEncoding.fromBytes(location.strip().getBytes(StandardCharsets.ISO_8859_1)));
    }
}
