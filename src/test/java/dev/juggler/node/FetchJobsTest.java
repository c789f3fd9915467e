package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import dev.juggler.client.OutcomePage;
import dev.juggler.cluster.Membership;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of fetch jobs, sent to a node as JSON, against two servers of the test's own. */
class FetchJobsTest {
    private final Vertx vertx = Vertx.vertx();
    private final JobClient client = JobClient.on(vertx);

    /** "SERVER PATH AUTHORIZATION" for each request. */
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private JobStore store;
    private String api;
    private String images;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        images = serve("images", path -> "image " + path);
        JsonObject first =
                new JsonObject().put("data", links("/1.jpg", "/2.jpg")).put("next", "/album?page=2");
        JsonObject second = new JsonObject().put("data", links("/3.jpg"));
        api = serve("api", path -> (path.contains("page=2") ? second : first).encode());
        Files.writeString(folder.resolve("secrets.env"), "TOKEN=s3cret\n");
        Files.writeString(folder.resolve("node.json"), """
            {"fetch": {"output": "out", "credentials": {"album": {
                "origin": "%s", "headers": {"Authorization": "Client-ID ${TOKEN}"}, "envFile": "secrets.env"}}}}
            """.formatted(api));
        NodeSettings settings = NodeSettings.read(folder.resolve("node.json"));
        store = JobStore.open(folder.resolve("data"));
        await(vertx.deployVerticle(new JobServiceVerticle(
                new Permissions(settings, folder), store, SharedJobs.NONE, Membership.alone("node"))));
    }

    private JsonArray links(String... paths) {
        return new JsonArray(List.of(paths).stream()
                .map(path -> new JsonObject().put("link", images + path))
                .toList());
    }

    private interface Site {
        String body(String path);
    }

    private String serve(String name, Site site) throws Exception {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(name + " " + request.uri() + " " + request.getHeader("Authorization"));
                    request.response().end(site.body(request.uri()));
                })
                .listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + server.actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        store.close();
    }

    @Test
    void theLinksOfAnApiAreFetchedAndItsCredentialsGoToItsOriginAlone() throws Exception {
        JobStatus done = run("""
            {"key": "k", "retries": 1,
             "work": {"kind": "fetch", "credentials": "album", "output": "album",
                      "saving": {"template": "got/{name}", "fsync": true, "checksum": false},
                      "transfer": {"perHostRate": "1000/s", "maxPause": "1s", "maxSize": "1M", "idleTimeout": "30s",
                                   "minRate": "1k", "bandwidth": "100M/s", "compressed": true, "maxRatio": 10,
                                   "segments": 2, "cookies": false}},
             "inputs": {"from": {"url": "%s/album", "select": "/data/*/link", "next": "/next", "maxPages": 5}}}
            """.formatted(api));

        assertEquals(new JobStatus.Counts(3, 0, 0, 0, 3), done.counts(), done::toString);
        assertEquals(
                Set.of(
                        "api /album Client-ID s3cret",
                        "api /album?page=2 Client-ID s3cret",
                        "images /1.jpg null",
                        "images /2.jpg null",
                        "images /3.jpg null"),
                new TreeSet<>(asked));
        assertEquals("image /3.jpg", Files.readString(folder.resolve("out/album/got/3.jpg")));
        assertTrue(
                !Files.readString(folder.resolve("data/jobs").resolve(done.id()).resolve("journal.jsonl"))
                        .contains("s3cret"));
    }

    @Test
    void boundsOnBodiesHoldAndAnInputMayCarryItsChecksum() throws Exception {
        JobStatus done = run("""
            {"key": "k", "work": {"kind": "fetch", "transfer": {"maxSize": "3"}}, "inputs": {"items": ["%s/long"]}}
            """.formatted(images));

        OutcomePage page = await(client.outcomes(done.id(), 0, 10));
        String error = page.outcomes().getFirst().getJsonObject("error").getString("message");
        assertEquals(1, done.counts().failed());
        assertTrue(error.contains("3 bytes"), error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "credentials":"nobody"                                         | no credentials 'nobody'
        "credentials":"album","transfer":{"insecure":true}               | cannot be combined with 'credentials'
        "transfer":{"segments":4}                                        | name a folder with 'output'
        "transfer":{"segments":33},"output":"x"                          | from 1 to 32
        "transfer":{"maxSize":"much"}                                    | is not a size
        "transfer":{"maxRatio":0}                                        | at least 1
        "transfer":{"speed":1}                                           | unknown field 'work.transfer.speed'
        "saving":{"existing":"skip"}                                     | name a folder with 'output'
        "output":"x","saving":{"existing":"burn"}                        | skip or newer
        "output":"../x"                                                  | outside the allowed folder
        """)
    void aWrongRequestIsRejectedWithTheReason(String members, String reason) {
        String request = """
            {"key": "k", "work": {"kind": "fetch", %s}, "inputs": {"items": ["%s/"]}}
            """.formatted(members, images);
        ExecutionException rejected = assertThrows(ExecutionException.class, () -> submit(request));
        ReplyException reply = (ReplyException) rejected.getCause();
        assertEquals(400, reply.failureCode());
        assertTrue(reply.getMessage().contains(reason), reply.getMessage());
    }

    private String submit(String json) throws Exception {
        return await(vertx.eventBus().<JsonObject>request("juggler.job.submit", json))
                .body()
                .getString("id");
    }

    private JobStatus run(String json) throws Exception {
        String id = submit(json);
        Waiting.until(() -> await(client.get(id)).hasEnded());
        return await(client.get(id));
    }
}
