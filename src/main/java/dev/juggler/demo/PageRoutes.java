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
        long number = SiteNumbers.whole(ctx.pathParam("page")).orElse(0);
        if (page == null || number == 0) {
            PlainText.answer(ctx, 404, "there is no such page");
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, HTML).end(page);
        }
    }

    void bytes(RoutingContext ctx) {
        long count = SiteNumbers.whole(ctx.pathParam("count")).orElse(-1);
        if (count < 0 || count > ByteStream.MOST) {
            PlainText.answer(ctx, 400, "the length of a body lies from 0 to " + ByteStream.MOST);
        } else {
            new ByteStream(ctx.response(), count).send();
        }
    }

    void status(RoutingContext ctx) {
        long status = SiteNumbers.whole(ctx.pathParam("status")).orElse(0);
        if (status < 200 || status > 599) {
            PlainText.answer(ctx, 400, "a status lies from 200 to 599");
        } else if (status == 204 || status == 205 || status == 304) {
            ctx.response().setStatusCode((int) status).end();
        } else {
            PlainText.answer(ctx, (int) status, "status " + status);
        }
    }

    void waitFor(RoutingContext ctx) {
        long millis = SiteNumbers.whole(ctx.pathParam("ms")).orElse(-1);
        if (millis < 0) {
            PlainText.answer(ctx, 400, "a delay is a whole number of milliseconds");
        } else {
            String line = "waited " + SiteDelay.capped(millis) + " ms";
            delay.after(millis, ctx, () -> PlainText.answer(ctx, 200, line));
        }
    }
}
