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
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.jobs.StoredJob;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is requeued while its node sweeps for changed owners. */
class RequeueTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final JobClient client = JobClient.on(vertx);
    private final CountDownLatch swept = new CountDownLatch(1);
    private volatile boolean requeued;
    private JobStore store;
    private JobServiceVerticle service;

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        store.close();
    }

    @Test
    void aJobThatIsRequeuedWhileANodeLeavesStaysWithItsNode() throws Exception {
        store = JobStore.open(folder.resolve("data"));
        NodeSettings settings = NodeSettings.parse("{\"drain\": \"20s\"}");
        service =
                new JobServiceVerticle(new Permissions(settings, folder), store, shared(), Membership.alone("node-a"));
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

    /** Shared jobs in which a requeue changes the epoch, and whose node sweeps before it knows of that. */
    private SharedJobs shared() {
        return (SharedJobs) Proxy.newProxyInstance(
                SharedJobs.class.getClassLoader(), new Class<?>[] {SharedJobs.class}, (proxy, method, arguments) -> {
                    if (requeued && method.getName().equals("reclaim")) {
                        service.nodeLeft("another");
                        assertTrue(swept.await(20, TimeUnit.SECONDS), "the node sweeps");
                        StoredJob job = (StoredJob) arguments[0];
                        return Optional.of(job.withEpoch(job.epoch() + 1));
                    }
                    if (requeued && method.getName().equals("owns")) {
                        return ((StoredJob) arguments[0]).epoch() > 1;
                    }
                    if (requeued && method.getName().equals("orphans")) {
                        swept.countDown();
                    }
                    return method.invoke(SharedJobs.NONE, arguments);
                });
    }
}
