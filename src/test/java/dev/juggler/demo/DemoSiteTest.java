package dev.juggler.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.work.fetch.FetchWork;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSiteTest {
    private static final HttpClient CLIENT = client();
    private static final String ALBUM = "/3/album/juggler/images";

    private static Vertx vertx;
    private static DemoSite site;

    /** Creates a client after FetchWork has set the JDK client's JVM-wide properties, which its first use fixes. */
    private static HttpClient client() {
        FetchWork.prepare(FetchSpec.READ).close();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        site = DemoSite.start(vertx).await(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        CLIENT.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"a,10966", "b,107786", "c,608422"})
    void servesPagesWithTheLengthsOfTheTutorials(String name, int length) throws Exception {
        HttpResponse<byte[]> page = get("/site/" + name + "/30");

        assertEquals(200, page.statusCode());
        assertEquals(length, page.body().length);
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertTrue(new String(page.body(), "US-ASCII").endsWith("</html>\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/site/d/1", "/site/a/0", "/site/a/x", "/site/a/", "/nowhere", "/images/no.jpg", "/images/..%2Fx"
            })
    void respondsWithNotFoundForOtherPaths(String path) throws Exception {
        assertEquals(404, get(path).statusCode());
    }

    @Test
    void servesManyConnectionsAtOnce() {
        byte[] expected = get("/site/b/1", 200);
        var pages = IntStream.range(0, 300)
                .mapToObj(i -> CLIENT.sendAsync(
                        request("/site/b/" + (i + 1) + "?delay=1").build(), BodyHandlers.ofByteArray()))
                .toList();

        pages.stream().map(CompletableFuture::join).forEach(page -> assertArrayEquals(expected, page.body()));
    }

    @Test
    void delaysTheResponseAsRequested() throws Exception {
        long start = System.nanoTime();
        assertEquals(200, get("/site/a/1?delay=120").statusCode());
        assertEquals("waited 120 ms\n", new String(get("/delay/120").body(), "US-ASCII"));

        assertTrue(System.nanoTime() - start >= 240_000_000L);
    }

    @Test
    void delaysTheResponseByTheSitesDefault() throws Exception {
        DemoSite slow = DemoSite.start(vertx, Duration.ofMillis(150)).await(20, TimeUnit.SECONDS);
        try {
            assertNotEquals(site.origin(), slow.origin());
            long start = System.nanoTime();
            URI page = URI.create(slow.origin() + "/site/a/1");
            CLIENT.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
            assertTrue(System.nanoTime() - start >= 150_000_000L);
        } finally {
            slow.close().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void capsLongDelays() {
        assertEquals(10_000, SiteDelay.capped(999_999_999_999L));
        assertThrows(IllegalArgumentException.class, () -> DemoSite.start(vertx, Duration.ofSeconds(11)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/site/a/1?delay=x",
                "/site/a/1?delay=-1",
                "/delay/1s",
                "/bytes/100000001",
                "/bytes/-1",
                "/status/199",
                "/status/600",
                "/status/abc",
                "/site/a/1?delay=99999999999999999999"
            })
    void rejectsInvalidNumbersWithAMessage(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().length > 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 64_999, 65_000, 65_001, 130_000, 3_000_017})
    void sendsTheRequestedNumberOfBytes(long count) throws Exception {
        HttpResponse<byte[]> answer = get("/bytes/" + count);

        assertEquals(count, answer.headers().firstValueAsLong("Content-Length").orElse(-1));
        assertEquals(count, answer.body().length);
        for (int i = 0; i < count; i += 997) {
            assertEquals('0' + i % 10, answer.body()[i]);
        }
    }

    @Test
    void streamsALargeBodyToAClientThatReadsSlowly() throws Exception {
        HttpResponse<InputStream> answer =
                CLIENT.send(request("/bytes/100000000").build(), BodyHandlers.ofInputStream());

        try (InputStream body = answer.body()) {
            assertEquals(1_000, body.readNBytes(1_000).length);
            // Every event loop still serves other requests.
            for (int i = 0; i < 8; i++) {
                assertEquals(200, get("/site/a/1").statusCode());
            }
            assertEquals(99_999_000L, body.transferTo(java.io.OutputStream.nullOutputStream()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 404, 418, 429, 503, 599})
    void respondsWithTheRequestedStatus(int status) throws Exception {
        assertEquals(status, get("/status/" + status).statusCode());
    }

    @Test
    void rejectsAlbumRequestsWithoutAClientId() throws Exception {
        for (HttpRequest.Builder request : new HttpRequest.Builder[] {
            request(ALBUM),
            request(ALBUM).header("Authorization", "Bearer x"),
            request(ALBUM).header("Authorization", "Client-ID ")
        }) {
            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            assertEquals(401, answer.statusCode());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            assertFalse(new JsonObject(answer.body()).getBoolean("success"));
        }
    }

    @Test
    void linksToEveryPictureOfTheAlbum() throws Exception {
        JsonObject album = album(site.origin() + ALBUM);

        assertEquals(200, album.getInteger("status"));
        assertTrue(album.getBoolean("success"));
        assertNull(album.getString("next"));
        Set<String> links = new HashSet<>();
        for (Object image : album.getJsonArray("data")) {
            assertPicture((JsonObject) image);
            links.add(((JsonObject) image).getString("link"));
        }
        assertEquals(24, links.size());
    }

    @Test
    void linksThePagesOfTheAlbum() throws Exception {
        Set<String> ids = new HashSet<>();
        String next = site.origin() + ALBUM + "?page=1&delay=1";
        int pages = 0;
        while (next != null) {
            JsonObject album = album(next);
            for (Object image : album.getJsonArray("data")) {
                ids.add(((JsonObject) image).getString("id"));
                assertTrue(((JsonObject) image).getString("link").endsWith("?delay=1"));
            }
            next = album.getString("next");
            pages++;
        }

        assertEquals(3, pages);
        assertEquals(24, ids.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/3/album/other/images", ALBUM + "?page=0", ALBUM + "?page=4", ALBUM + "?page=x"})
    void respondsInJsonForUnknownAlbumsAndPages(String path) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request(path).header("Authorization", "Client-ID demo").build(), BodyHandlers.ofString());

        assertEquals(404, answer.statusCode());
        assertEquals(404, new JsonObject(answer.body()).getInteger("status"));
    }

    @Test
    void refusesConnectionsAfterClose() throws Exception {
        DemoSite closed = DemoSite.start(vertx).await(20, TimeUnit.SECONDS);
        closed.close().await(20, TimeUnit.SECONDS);
        closed.close().await(20, TimeUnit.SECONDS);

        URI page = URI.create(closed.origin() + "/site/a/1");
        assertThrows(
                ConnectException.class,
                () -> CLIENT.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding()));
    }

    private static void assertPicture(JsonObject image) throws IOException, InterruptedException {
        URI link = URI.create(image.getString("link"));
        HttpResponse<byte[]> answer = CLIENT.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
        assertEquals(
                image.getString("type"),
                answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(image.getInteger("size"), answer.body().length);
        assertTrue(answer.body().length > 30_000 && answer.body().length < 150_000, link + " " + answer.body().length);
        assertEquals(
                image.getInteger("width"),
                ImageIO.read(new ByteArrayInputStream(answer.body())).getWidth());
    }

    private static JsonObject album(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Client-ID demo")
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    private static byte[] get(String path, int status) {
        HttpResponse<byte[]> answer = CLIENT.sendAsync(request(path).build(), BodyHandlers.ofByteArray())
                .join();
        assertEquals(status, answer.statusCode());
        return answer.body();
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(site.origin() + path));
    }
}
