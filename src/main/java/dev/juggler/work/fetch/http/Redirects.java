package dev.juggler.work.fetch.http;

import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;

/** The rules of redirects: which targets are followed, and the method of the next request. */
public final class Redirects {
    private Redirects() {}

    /**
     * Resolves the target of a redirect.
     *
     * @param done the redirects followed before
     * @param limit the maximum number of redirects
     * @param allowDowngrade whether to follow from https to http
     * @throws InvalidUrlException when this one is not followed; the message gives the reason
     */
    public static HttpUrl next(HttpUrl from, ResponseHead head, int done, int limit, boolean allowDowngrade)
            throws InvalidUrlException {
        String location = head.location();
        if (location == null) {
            throw new InvalidUrlException("the response of " + Excerpt.of(from.url()) + " has status " + head.status()
                    + " without a Location");
        }
        if (done >= limit) {
            throw new InvalidUrlException("more than " + limit + " redirects, the last from " + Excerpt.of(from.url()));
        }
        HttpUrl next = resolve(from, location);
        if (from.origin().tls() && !next.origin().tls() && !allowDowngrade) {
            throw new InvalidUrlException("refused to leave https for " + Excerpt.of(next.url())
                    + ": the response could be forged; --allow-downgrade follows it");
        }
        return next;
    }

    private static HttpUrl resolve(HttpUrl from, String location) throws InvalidUrlException {
        try {
            return from.resolve(location);
        } catch (InvalidUrlException e) {
            throw new InvalidUrlException(
                    "cannot follow the Location of " + Excerpt.of(from.url()) + ": " + e.getMessage());
        }
    }

    /** Returns whether the next request is a GET without a body; like browsers and curl, beyond RFC 9110. */
    public static boolean becomesGet(int status, String method) {
        return switch (status) {
            case 301, 302 -> method.equals("POST");
            case 303 -> !method.equals("HEAD");
            default -> false;
        };
    }
}
