package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.cluster.Membership;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
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

/** Sends the examples of the page on the event bus, as they stand there, one after another. */
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
                    new Permissions(settings, conf), store, SharedJobs.NONE, Membership.alone("node"))));
            int examples = 0;
            List<String> lines = Files.readAllLines(Path.of("src/docs/reference/event-bus.md"));
            for (int i = 0; i + 2 < lines.size(); i++) {
                if (lines.get(i).startsWith("    to   ")) {
                    String address = lines.get(i).substring(9);
                    String request = lines.get(i + 1).substring(9);
                    String shown = lines.get(i + 2).substring(9);
                    assertEquals(comparable(shown), comparable(ask(vertx, address, request)), address + " " + request);
                    awaitEnds(vertx);
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
            ReplyException rejection = (ReplyException) e.getCause();
            return rejection.failureCode() + " " + rejection.getMessage();
        }
    }

    /** Waits until every job has ended, before the next example. */
    private static void awaitEnds(Vertx vertx) throws Exception {
        Waiting.until(() -> !ask(vertx, "juggler.job.list", "{}").matches(".*\"state\":\"(queued|running)\".*"));
    }

    /** The reply without the fields that differ from run to run. */
    private static String comparable(String reply) {
        return reply.startsWith("{") ? Json.encode(comparable(new JsonObject(reply))) : reply;
    }

    private static JsonObject comparable(JsonObject json) {
        JsonObject comparable = new JsonObject();
        json.forEach(field -> {
            if (!VARYING.contains(field.getKey())) {
                comparable.put(
                        field.getKey(),
                        switch (field.getValue()) {
                            case JsonObject inner -> comparable(inner);
                            case JsonArray list ->
                                new JsonArray(list.stream()
                                        .map(each -> each instanceof JsonObject inner ? comparable(inner) : each)
                                        .toList());
                            default -> field.getValue();
                        });
            }
        });
        return comparable;
    }
}
