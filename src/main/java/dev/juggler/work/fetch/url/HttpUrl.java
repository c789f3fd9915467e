package dev.juggler.work.fetch.url;

import dev.juggler.access.UserCredentials;
import java.nio.charset.StandardCharsets;

/**
 * A URL in the form it is asked for.
 *
 * @param path path and query, percent-encoded, beginning with a slash
 * @param userInfo user and password as they stood before the host, or null; never part of {@link #url()}
 */
public record HttpUrl(Origin origin, String path, String userInfo) {

    /** The whole URL, without user and password. */
    public String url() {
        return origin.url() + path;
    }

    /** User and password, or null. */
    public UserCredentials login() {
        return userInfo == null
                ? null
                : UserCredentials.parse(new String(PercentEncoding.decode(userInfo), StandardCharsets.UTF_8));
    }

    /** Reads a URL as curl does: without a scheme it is http, spaces and other text are percent-encoded. */
    public static HttpUrl parse(String text) throws InvalidUrlException {
        return UrlParser.absolute(text.strip());
    }

    /**
     * Where a Location header leads from here.
     *
     * @param location as the transport gave it, one char for each byte
     */
    public HttpUrl resolve(String location) throws InvalidUrlException {
        return UrlParser.relative(
                this, PercentEncoding.fromBytes(location.strip().getBytes(StandardCharsets.ISO_8859_1)));
    }
}
