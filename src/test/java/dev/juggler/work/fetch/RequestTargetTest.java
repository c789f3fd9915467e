package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.work.fetch.url.HttpUrl;
import org.junit.jupiter.api.Test;

/** The request after a redirect or challenge. */
class RequestTargetTest {
    private final HttpUrl here = url("http://a.test/1");
    private final HttpUrl there = url("http://b.test/2");

    private static HttpUrl url(String text) {
        try {
            return HttpUrl.parse(text);
        } catch (dev.juggler.work.fetch.url.InvalidUrlException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRedirectKeepsMethodAndBodyUnlessItsStatusMakesItAGet() {
        RequestTarget post = RequestTarget.first(here, "POST", true);
        assertEquals(new RequestTarget(there, "POST", true, 1, 0), post.redirectedTo(there, 307));
        assertEquals(new RequestTarget(there, "GET", false, 1, 0), post.redirectedTo(there, 302));
    }

    @Test
    void redirectsAndChallengesAreCountedApart() {
        RequestTarget next = RequestTarget.first(here, "GET", false)
                .redirectedTo(there, 301)
                .afterChallenge()
                .redirectedTo(here, 301);
        assertEquals(new RequestTarget(here, "GET", false, 2, 1), next);
    }

    @Test
    void onlyAGetWithoutABodyIsPlain() {
        assertTrue(RequestTarget.first(here, "GET", false).isPlainGet());
        assertFalse(RequestTarget.first(here, "GET", true).isPlainGet());
        assertFalse(RequestTarget.first(here, "HEAD", false).isPlainGet());
    }
}
