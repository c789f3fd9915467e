package dev.juggler.demo;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** Delays responses by the time in the request, or else by the site's default. */
final class SiteDelay {
    static final long MAX_MILLIS = 10_000;

    private final Vertx vertx;
    private final long defaultMillis;

    SiteDelay(Vertx vertx, long defaultMillis) {
        if (defaultMillis < 0 || defaultMillis > MAX_MILLIS) {
            throw new IllegalArgumentException("a delay must be from 0 to " + MAX_MILLIS + " ms, not " + defaultMillis);
        }
        this.vertx = vertx;
        this.defaultMillis = defaultMillis;
    }

    /** Calls the next handler after the delay. */
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
            TextResponse.send(ctx, 400, "delay must be a whole number of milliseconds");
        }
    }

    /** Caps a delay at {@value #MAX_MILLIS} ms. */
    static long capped(long millis) {
        return Math.min(millis, MAX_MILLIS);
    }

    /** Runs an action after a delay, capped at {@value #MAX_MILLIS} ms, unless the client disconnects before. */
    void after(long millis, RoutingContext ctx, Runnable action) {
        if (millis == 0) {
            action.run();
            return;
        }
        long timer = vertx.setTimer(capped(millis), id -> action.run());
        ctx.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
}
