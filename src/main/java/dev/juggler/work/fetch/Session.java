package dev.juggler.work.fetch;

import dev.juggler.access.Cookies;
import java.util.List;

/**
 * What a worker, or all that share a client, remember from one exchange for the next: cookies. Nothing of it is made
 * before a server sets the first one. Safe for use by several threads.
 */
final class Session {
    private final boolean keeps;
    private volatile Cookies cookies;

    /** @param cookies those that are there already, or null */
    Session(boolean keeps, Cookies cookies) {
        this.keeps = keeps;
        this.cookies = cookies;
    }

    /** The value of the Cookie header for a URL, or null. */
    String cookiesFor(Target target) {
        Cookies known = cookies;
        Origin origin = target.origin();
        return known == null ? null : known.header(origin.tls(), origin.host(), origin.port(), target.path());
    }

    /** Takes the cookies of an answer. */
    void answered(Target target, Head head) {
        if (!keeps || head.headers().apply("set-cookie") == null) {
            return;
        }
        List<String> values = head.headers().all("set-cookie");
        Origin origin = target.origin();
        known().received(origin.tls(), origin.host(), origin.port(), target.path(), values);
    }

    private Cookies known() {
        if (cookies == null) {
            synchronized (this) {
                if (cookies == null) {
                    cookies = new Cookies();
                }
            }
        }
        return cookies;
    }
}
