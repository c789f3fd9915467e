package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.Redirects;
import dev.juggler.work.fetch.url.HttpUrl;

/**
 * The target and form of a fetch's next request, with the number of redirects and challenges before.
 *
 * @param sendsBody whether it has the job's request body
 * @param redirects the number of redirects followed
 * @param challenges the number of authentication challenges answered
 */
record RequestTarget(HttpUrl url, String method, boolean sendsBody, int redirects, int challenges) {
    /** Returns the first request of a fetch. */
    static RequestTarget first(HttpUrl input, String method, boolean sendsBody) {
        return new RequestTarget(input, method, sendsBody, 0, 0);
    }

    /** Returns the request for a redirect with this status. */
    RequestTarget redirectedTo(HttpUrl location, int status) {
        return Redirects.becomesGet(status, method)
                ? new RequestTarget(location, "GET", false, redirects + 1, challenges)
                : new RequestTarget(location, method, sendsBody, redirects + 1, challenges);
    }

    /** Returns this request again, with the authentication that the server requires. */
    RequestTarget afterChallenge() {
        return new RequestTarget(url, method, sendsBody, redirects, challenges + 1);
    }

    /** Returns whether it is a GET without a body, whose response may be partial or 304. */
    boolean isPlainGet() {
        return method.equals("GET") && !sendsBody;
    }
}
