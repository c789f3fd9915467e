package dev.juggler.demo;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers of one line of text; errors too, since {@code ctx.fail(404)} would log each as a fault of the site. */
final class TextResponse {
    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/plain; charset=utf-8");

    private TextResponse() {}

    static void answer(RoutingContext ctx, int status, String line) {
        ctx.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .end(line + "\n");
    }
}
