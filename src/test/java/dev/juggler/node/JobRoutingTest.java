package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.bus.Addresses;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Membership;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a node about the jobs of other nodes. */
class JobRoutingTest {
    private static final String ID = "0123456789abcdef0123";

    private final Vertx vertx = Vertx.vertx();
    private final JobClient client = JobClient.on(vertx);
    private volatile Optional<String> owner = Optional.of("node-b");
    private JobStore store;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        store = JobStore.open(folder.resolve("data"));
        NodeSettings settings = NodeSettings.parse("{}");
        await(vertx.deployVerticle(new JobServiceVerticle(
                new Permissions(settings, folder), store, shared(), Membership.alone("node-a"))));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        store.close();
    }

    @Test
    void theOwnerOfAJobIsAskedForItsStatus() throws Exception {
        replyAtOwner();
        assertEquals(JobStatus.State.ENDED, await(client.get(ID)).state());
    }

    @Test
    void theLastPublishedStatusIsReturnedWhenTheOwnerDoesNotAnswer() throws Exception {
        assertEquals(JobStatus.State.RUNNING, await(client.get(ID)).state(), "no such node");
        MessageConsumer<JsonObject> silent = vertx.eventBus().consumer(Addresses.jobs("get", "node-b"), message -> {});
        await(silent.completion());
        assertEquals(JobStatus.State.RUNNING, await(client.get(ID)).state(), "it hangs");
    }

    @Test
    void aJobThatIsBeingMovedToThisNodeIsKnownButUnavailable() throws Exception {
        owner = Optional.of("node-a");
        assertEquals(JobStatus.State.RUNNING, await(client.get(ID)).state());
        assertEquals(503, rejectionCode(client.outcomes(ID, 0, 10)));
    }

    @Test
    void aJobWithoutAnOwnerIsNotFound() {
        owner = Optional.empty();
        assertEquals(404, rejectionCode(client.outcomes(ID, 0, 10)));
        assertEquals(404, rejectionCode(client.get("another")));
    }

    private static int rejectionCode(Future<?> question) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(question));
        return ((JobServiceException) failure.getCause()).code();
    }

    private void replyAtOwner() throws Exception {
        MessageConsumer<JsonObject> there = vertx.eventBus()
                .consumer(
                        Addresses.jobs("get", "node-b"),
                        message -> message.reply(
                                new JsonObject(Buffer.buffer(StrictJson.write(status(JobStatus.State.ENDED))))));
        await(there.completion());
    }

    private static JobStatus status(JobStatus.State state) {
        return new JobStatus(
                ID,
                "key",
                "compute",
                state,
                null,
                null,
                "node-b",
                1,
                "2026-01-01T00:00:00Z",
                null,
                null,
                null,
                JobStatus.Counts.NONE);
    }

    /** Shared jobs in which the job was published as running. */
    private SharedJobs shared() {
        return (SharedJobs) Proxy.newProxyInstance(
                SharedJobs.class.getClassLoader(),
                new Class<?>[] {SharedJobs.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "owner" -> owner;
                    case "find" ->
                        arguments[0].equals(ID) ? Optional.of(status(JobStatus.State.RUNNING)) : Optional.empty();
                    default -> method.invoke(SharedJobs.NONE, arguments);
                });
    }
}
