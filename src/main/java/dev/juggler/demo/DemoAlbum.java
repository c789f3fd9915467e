package dev.juggler.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes a list of the album's picture links, which it gets from the album's API. */
public final class DemoAlbum {
    /** The name of the list in the folder of {@link DemoFiles}. */
    static final String LIST = "album.txt";

    private static final int DELAY_MILLIS = 50;

    private DemoAlbum() {}

    /**
     * Writes the list.
     *
     * @param origin of the demo's site
     * @param files the folder of {@link DemoFiles}
     * @return completes on an event loop when the list is written; fails if the site's answer is unexpected
     */
    public static Future<Void> writeList(Vertx vertx, String origin, Path files) {
        WebClient client = WebClient.create(vertx);
        return client.getAbs(origin + "/3/album/" + AlbumRoutes.ALBUM + "/images")
                .addQueryParam("delay", Integer.toString(DELAY_MILLIS))
                .putHeader("Authorization", "Client-ID demo")
                .send()
                .expecting(HttpResponseExpectation.SC_OK)
                .map(HttpResponse::bodyAsJsonObject)
                .compose(album -> vertx.fileSystem()
                        .writeFile(files.resolve(LIST).toString(), io.vertx.core.buffer.Buffer.buffer(links(album))))
                .onComplete(done -> client.close());
    }

    private static String links(JsonObject album) {
        return album.getJsonArray("data").stream()
                .map(picture -> ((JsonObject) picture).getString("link"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
