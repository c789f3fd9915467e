package dev.juggler.demo;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Sends responses of one line of text. Errors are sent this way too: {@code ctx.fail(404)} would log each of them. */
final class TextResponse {
    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/plain; charset=utf-8");

    private TextResponse() {}

    static void send(RoutingContext ctx, int status, String line) {
        ctx.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .end(line + "\n");
    }
}
