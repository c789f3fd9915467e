package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The pages, bodies, statuses and delays of the demo's site. */
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
            TextResponse.answer(ctx, 404, "there is no such page");
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, HTML).end(page);
        }
    }

    void bytes(RoutingContext ctx) {
        long count = PathNumbers.whole(ctx.pathParam("count")).orElse(-1);
        if (count < 0 || count > PacedBody.MOST) {
            TextResponse.answer(ctx, 400, "the length of a body lies from 0 to " + PacedBody.MOST);
        } else {
            new PacedBody(ctx.response(), count).send();
        }
    }

    void status(RoutingContext ctx) {
        long status = PathNumbers.whole(ctx.pathParam("status")).orElse(0);
        if (status < 200 || status > 599) {
            TextResponse.answer(ctx, 400, "a status lies from 200 to 599");
        } else if (status == 204 || status == 205 || status == 304) {
            ctx.response().setStatusCode((int) status).end();
        } else {
            TextResponse.answer(ctx, (int) status, "status " + status);
        }
    }

    void waitFor(RoutingContext ctx) {
        long millis = PathNumbers.whole(ctx.pathParam("ms")).orElse(-1);
        if (millis < 0) {
            TextResponse.answer(ctx, 400, "a delay is a whole number of milliseconds");
        } else {
            String line = "waited " + SiteDelay.capped(millis) + " ms";
            delay.after(millis, ctx, () -> TextResponse.answer(ctx, 200, line));
        }
    }
}
