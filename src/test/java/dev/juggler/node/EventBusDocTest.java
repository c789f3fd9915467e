package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.cluster.Membership;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on the event bus, sent as they stand there, one after another. */
class EventBusDocTest {
    private static final Set<String> VARYING =
            Set.of("submitted", "started", "ended", "owner", "worker", "queuedMs", "runMs", "next");

    @TempDir
    private Path folder;

    @Test
    void everyExampleGetsTheReplyThatIsShown() throws Exception {
        Vertx vertx = Vertx.vertx();
        Path conf = Path.of("conf").toAbsolutePath();
        NodeSettings settings = NodeSettings.read(conf.resolve("node.json"));
        try (JobStore store = JobStore.open(folder)) {
            await(vertx.deployVerticle(new JobServiceVerticle(
                    settings, new Permissions(settings, conf), store, SharedJobs.NONE, Membership.alone("node"))));
            int examples = 0;
            List<String> lines = Files.readAllLines(Path.of("src/docs/event-bus.md"));
            for (int i = 0; i + 2 < lines.size(); i++) {
                if (lines.get(i).startsWith("    to   ")) {
                    String address = lines.get(i).substring(9);
                    String request = lines.get(i + 1).substring(9);
                    String shown = lines.get(i + 2).substring(9);
                    assertEquals(plain(shown), plain(ask(vertx, address, request)), address + " " + request);
                    settle(vertx);
                    examples++;
                }
            }
            assertTrue(examples >= 10, "found " + examples);
            await(vertx.close());
        }
    }

    private static String ask(Vertx vertx, String address, String request) throws Exception {
        try {
            return await(vertx.eventBus().<JsonObject>request(address, new JsonObject(request)))
                    .body()
                    .encode();
        } catch (ExecutionException e) {
            ReplyException refusal = (ReplyException) e.getCause();
            return refusal.failureCode() + " " + refusal.getMessage();
        }
    }

    /** Every job that was begun has ended before the next example. */
    private static void settle(Vertx vertx) throws Exception {
        Waiting.until(() -> !ask(vertx, "juggler.job.list", "{}").matches(".*\"state\":\"(queued|running)\".*"));
    }

    /** Without what differs from run to run. */
    private static String plain(String reply) {
        return reply.startsWith("{") ? Json.encode(plain(new JsonObject(reply))) : reply;
    }

    private static JsonObject plain(JsonObject json) {
        JsonObject plain = new JsonObject();
        json.forEach(field -> {
            if (!VARYING.contains(field.getKey())) {
                plain.put(
                        field.getKey(),
                        switch (field.getValue()) {
                            case JsonObject inner -> plain(inner);
                            case JsonArray list ->
                                new JsonArray(list.stream()
                                        .map(each -> each instanceof JsonObject inner ? plain(inner) : each)
                                        .toList());
                            default -> field.getValue();
                        });
            }
        });
        return plain;
    }
}
