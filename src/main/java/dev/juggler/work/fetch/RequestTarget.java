package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.Redirects;
import dev.juggler.work.fetch.url.HttpUrl;

/**
 * The next request of a fetch: where it goes and in which form, and how often the fetch was sent on before.
 *
 * @param sendsBody whether the job's request body goes with it
 * @param redirects how many redirects were followed
 * @param challenges how many requests for a login were answered
 */
record RequestTarget(HttpUrl url, String method, boolean sendsBody, int redirects, int challenges) {
    /** The first request of a fetch. */
    static RequestTarget first(HttpUrl input, String method, boolean sendsBody) {
        return new RequestTarget(input, method, sendsBody, 0, 0);
    }

    /** The request that a redirect with this status asks for. */
    RequestTarget redirectedTo(HttpUrl location, int status) {
        return Redirects.becomesGet(status, method)
                ? new RequestTarget(location, "GET", false, redirects + 1, challenges)
                : new RequestTarget(location, method, sendsBody, redirects + 1, challenges);
    }

    /** The same request again, with a login in the form that the server asked for. */
    RequestTarget afterChallenge() {
        return new RequestTarget(url, method, sendsBody, redirects, challenges + 1);
    }

    /** A GET without a body, whose response may be a part of the body or say that nothing changed. */
    boolean isPlainGet() {
        return method.equals("GET") && !sendsBody;
    }
}
