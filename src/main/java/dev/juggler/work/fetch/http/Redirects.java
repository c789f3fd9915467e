package dev.juggler.work.fetch.http;

import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;

/** The rules of redirects: targets that are followed, and the method of the next request. */
public final class Redirects {
    private Redirects() {}

    /**
     * Resolves the target of a redirect.
     *
     * @param done the redirects followed before
     * @param limit the most redirects to follow
     * @param allowDowngrade whether one may lead from https to http
     * @throws InvalidUrlException when this one is not followed; the message gives the reason
     */
    public static HttpUrl next(HttpUrl from, ResponseHead head, int done, int limit, boolean allowDowngrade)
            throws InvalidUrlException {
        String location = head.location();
        if (location == null) {
            throw new InvalidUrlException(
                    "status " + head.status() + " of " + Excerpt.of(from.url()) + " names no Location");
        }
        if (done >= limit) {
            throw new InvalidUrlException("more than " + limit + " redirects, the last from " + Excerpt.of(from.url()));
        }
        HttpUrl next = resolve(from, location);
        if (from.origin().tls() && !next.origin().tls() && !allowDowngrade) {
            throw new InvalidUrlException("refused to leave https for " + Excerpt.of(next.url())
                    + ": anyone could have written the answer (--allow-downgrade follows)");
        }
        return next;
    }

    private static HttpUrl resolve(HttpUrl from, String location) throws InvalidUrlException {
        try {
            return from.resolve(location);
        } catch (InvalidUrlException e) {
            throw new InvalidUrlException(
                    "the Location that " + Excerpt.of(from.url()) + " gave cannot be followed: " + e.getMessage());
        }
    }

    /**
     * Returns whether the next request is a GET without a body; as browsers and curl do it, beyond what RFC 9110 asks.
     */
    public static boolean becomesGet(int status, String method) {
        return switch (status) {
            case 301, 302 -> method.equals("POST");
            case 303 -> !method.equals("HEAD");
            default -> false;
        };
    }
}
