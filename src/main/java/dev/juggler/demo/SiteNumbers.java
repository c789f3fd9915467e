package dev.juggler.demo;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers in addresses, and the answer to what is none. */
final class SiteNumbers {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private SiteNumbers() {}

    /** The whole number from 0, or empty when the text is none. */
    static OptionalLong whole(String text) {
        return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Answers 400 with one line. */
    static void refuse(RoutingContext ctx, String message) {
        ctx.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(message + "\n");
    }
}
