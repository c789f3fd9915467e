package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Routes for the pages, bodies, statuses and delays of the demo's site. */
final class PageRoutes {
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

    private final SiteDelay delay;
    private final SiteContent content;

    PageRoutes(SiteDelay delay, SiteContent content) {
        this.delay = delay;
        this.content = content;
    }

    void page(RoutingContext ctx) {
        Buffer page = content.pages().get(ctx.pathParam("site"));
        long number = PathNumbers.whole(ctx.pathParam("page")).orElse(0);
        if (page == null || number == 0) {
            TextResponse.send(ctx, 404, "there is no such page");
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, HTML).end(page);
        }
    }

    void bytes(RoutingContext ctx) {
        long count = PathNumbers.whole(ctx.pathParam("count")).orElse(-1);
        if (count < 0 || count > PacedBody.MAX_LENGTH) {
            TextResponse.send(ctx, 400, "the length of a body must be from 0 to " + PacedBody.MAX_LENGTH);
        } else {
            new PacedBody(ctx.response(), count).send();
        }
    }

    void status(RoutingContext ctx) {
        long status = PathNumbers.whole(ctx.pathParam("status")).orElse(0);
        if (status < 200 || status > 599) {
            TextResponse.send(ctx, 400, "a status must be from 200 to 599");
        } else if (status == 204 || status == 205 || status == 304) {
            ctx.response().setStatusCode((int) status).end();
        } else {
            TextResponse.send(ctx, (int) status, "status " + status);
        }
    }

    void waitFor(RoutingContext ctx) {
        long millis = PathNumbers.whole(ctx.pathParam("ms")).orElse(-1);
        if (millis < 0) {
            TextResponse.send(ctx, 400, "a delay must be a whole number of milliseconds");
        } else {
            String line = "waited " + SiteDelay.capped(millis) + " ms";
            delay.after(millis, ctx, () -> TextResponse.send(ctx, 200, line));
        }
    }
}
