package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.cluster.Membership;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that has ended and is tried again, at a node that meanwhile looks who owns what. */
class RequeueTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final JobClient client = JobClient.on(vertx);
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile boolean requeued;
    private JobStore store;
    private JobServiceVerticle service;

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        store.close();
    }

    @Test
    void aJobThatIsRequeuedWhileANodeLeavesStays() throws Exception {
        store = JobStore.open(folder.resolve("data"));
        NodeSettings settings =
                new NodeSettings(null, null, null, null, Duration.ofSeconds(20), null, null, null, null, null, null);
        service = new JobServiceVerticle(
                settings, new Permissions(settings, folder), store, shared(), Membership.alone("node-a"));
        await(vertx.deployVerticle(service));
        String id = await(client.submit(JobRequest.of(new Compute("square", null), Inputs.expanded("1"))))
                .id();
        Waiting.until(() -> await(client.get(id)).hasEnded());

        requeued = true;
        await(client.requeue(id));

        Waiting.until(() -> await(client.get(id)).hasEnded());
        assertEquals("completed", await(client.get(id)).ending());
        assertTrue(Files.exists(folder.resolve("data/jobs").resolve(id).resolve("job.json")));
    }

    /** The owner's epoch changes, and before that is known at this node it looks who owns what. */
    private SharedJobs shared() {
        return (SharedJobs) Proxy.newProxyInstance(
                SharedJobs.class.getClassLoader(), new Class<?>[] {SharedJobs.class}, (proxy, method, arguments) -> {
                    if (requeued && method.getName().equals("reclaim")) {
                        service.nodeLeft("another");
                        assertTrue(looked.await(20, TimeUnit.SECONDS), "it was looked");
                        StoredJob job = (StoredJob) arguments[0];
                        return Optional.of(job.withEpoch(job.epoch() + 1));
                    }
                    if (requeued && method.getName().equals("owns")) {
                        return ((StoredJob) arguments[0]).epoch() > 1;
                    }
                    if (requeued && method.getName().equals("orphans")) {
                        looked.countDown();
                    }
                    return method.invoke(SharedJobs.NONE, arguments);
                });
    }
}
