package dev.juggler.demo;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** Holds an answer back for as long as the request, or else the site, says. */
final class SiteDelay {
    static final long LONGEST_MILLIS = 10_000;

    private final Vertx vertx;
    private final long defaultMillis;

    SiteDelay(Vertx vertx, long defaultMillis) {
        if (defaultMillis < 0 || defaultMillis > LONGEST_MILLIS) {
            throw new IllegalArgumentException(
                    "a delay lies from 0 to " + LONGEST_MILLIS + " ms, not at " + defaultMillis);
        }
        this.vertx = vertx;
        this.defaultMillis = defaultMillis;
    }

    /** Goes on to the next handler after the delay. */
    void handle(RoutingContext ctx) {
        String asked = ctx.request().getParam("delay");
        if (asked == null) {
            after(defaultMillis, ctx, ctx::next);
            return;
        }
        OptionalLong millis = PathNumbers.whole(asked);
        if (millis.isPresent()) {
            after(millis.getAsLong(), ctx, ctx::next);
        } else {
            TextResponse.answer(ctx, 400, "delay is a whole number of milliseconds");
        }
    }

    /** So many milliseconds, or the longest delay when that is shorter. */
    static long capped(long millis) {
        return Math.min(millis, LONGEST_MILLIS);
    }

    /** Does this after so many milliseconds, at most the longest delay, and not at all when the client has gone. */
    void after(long millis, RoutingContext ctx, Runnable action) {
        if (millis == 0) {
            action.run();
            return;
        }
        long timer = vertx.setTimer(capped(millis), id -> action.run());
        ctx.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
}
