package dev.juggler.demo;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/** Routes of an image service: a JSON API for an album of pictures, and the pictures themselves. */
final class AlbumRoutes {
    static final String ALBUM = "juggler";
    private static final int PAGE_SIZE = 10;
    private static final Pattern CREDENTIALS = Pattern.compile("Client-ID \\S{1,200}");

    private final SiteContent content;

    AlbumRoutes(SiteContent content) {
        this.content = content;
    }

    void picture(RoutingContext ctx) {
        DemoPicture picture = content.pictureByName().get(ctx.pathParam("name"));
        if (picture == null) {
            TextResponse.send(ctx, 404, "there is no such picture");
        } else {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, picture.type()).end(picture.file());
        }
    }

    /** Lists the links to all pictures; with {@code ?page=N}, from 1, ten links and the URL of the next page. */
    void links(RoutingContext ctx) {
        String credentials = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (credentials == null || !CREDENTIALS.matcher(credentials).matches()) {
            reject(ctx, 401, "Authorization: Client-ID … is missing");
        } else if (!ctx.pathParam("album").equals(ALBUM)) {
            reject(ctx, 404, "there is no such album");
        } else if (ctx.request().getParam("page") == null) {
            send(ctx, 200, json(ctx, content.pictures()));
        } else {
            page(ctx, PathNumbers.whole(ctx.request().getParam("page")).orElse(0));
        }
    }

    private void page(RoutingContext ctx, long page) {
        int size = content.pictures().size();
        if (page < 1 || (page - 1) >= (size + PAGE_SIZE - 1) / PAGE_SIZE) {
            reject(ctx, 404, "there is no such page");
            return;
        }
        int from = (int) (page - 1) * PAGE_SIZE;
        int to = Math.min(size, from + PAGE_SIZE);
        JsonObject body = json(ctx, content.pictures().subList(from, to));
        if (to < size) {
            body.put("next", origin(ctx) + ctx.request().path() + "?page=" + (page + 1) + delay(ctx, "&"));
        }
        send(ctx, 200, body);
    }

    private static JsonObject json(RoutingContext ctx, List<DemoPicture> pictures) {
        JsonArray data = new JsonArray();
        pictures.forEach(picture -> data.add(json(ctx, picture)));
        return new JsonObject().put("data", data).put("success", true).put("status", 200);
    }

    private static JsonObject json(RoutingContext ctx, DemoPicture picture) {
        return new JsonObject()
                .put("id", picture.name().replaceFirst("\\..*", ""))
                .put("type", picture.type())
                .put("width", picture.width())
                .put("height", picture.height())
                .put("size", picture.file().length())
                .put("link", origin(ctx) + "/images/" + picture.name() + delay(ctx, "?"));
    }

    /** The client's delay parameter, to be repeated in links; it has been checked to be a number. */
    private static String delay(RoutingContext ctx, String separator) {
        String delay = ctx.request().getParam("delay");
        return delay == null ? "" : separator + "delay=" + delay;
    }

    /** The site's own address, because a client can put anything into the Host header. */
    private static String origin(RoutingContext ctx) {
        return "http://" + SiteVerticle.HOST + ":"
                + ctx.request().localAddress().port();
    }

    private static void reject(RoutingContext ctx, int status, String message) {
        JsonObject data = new JsonObject().put("error", message);
        send(
                ctx,
                status,
                new JsonObject().put("data", data).put("success", false).put("status", status));
    }

    private static void send(RoutingContext ctx, int status, JsonObject body) {
        ctx.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
