package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose node cannot write, with the maps of a real member. */
class JobOwnershipTest {
    private static final StoredJob JOB =
            StoredJob.of(JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")), Instant.EPOCH);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private HazelcastSharedJobs shared;
    private JobStore store;
    private JobOwnership custody;
    private Path inTheWay;

    @BeforeEach
    void join() throws Exception {
        ClusterSettings alone = ClusterSettings.onLoopback("custody-" + UUID.randomUUID(), 0);
        cluster = await(Cluster.join(new VertxOptions(), alone, config -> HazelcastSharedJobs.configure(config, 1)));
        shared = new HazelcastSharedJobs(cluster, 1);
        store = JobStore.open(folder);
        store.create(JOB);
        custody = new JobOwnership(store, shared, null, 1);
        inTheWay = store.journal(JOB.id()).resolveSibling("job.json.new");
    }

    @AfterEach
    void leave() throws Exception {
        store.close();
        await(cluster.leave());
    }

    /** As a full disk does it, but for this one file. */
    private void fill() throws IOException {
        Files.createDirectory(inTheWay);
    }

    private void free() throws IOException {
        Files.delete(inTheWay);
    }

    @Test
    void aJobThatCannotBeRecalledNowIsStillThisNodesAtTheNextLook() throws Exception {
        fill();
        assertThrows(IOException.class, () -> custody.sweep(List.of(), "here", 0));
        free();
        List<JobStore.Found> gathered = custody.sweep(List.of(), "here", 0).gathered();
        assertEquals(1, gathered.size(), "and not taken for another node's, and deleted");
        assertTrue(shared.owns(gathered.getFirst().job()));
    }

    @Test
    void aJobThatCannotBePutBackIntoTheQueueNowStaysAsItWas() throws Exception {
        shared.claim(JOB);
        JobStore.End end =
                new JobStore.End(null, Instant.EPOCH.toString(), JobEnd.cancelled(JobStatus.Counts.NONE), 3L);
        store.end(JOB.id(), end);
        fill();
        RejectedRequestException refused = assertThrows(RejectedRequestException.class, () -> custody.requeue(JOB));
        assertEquals(503, refused.code());
        assertTrue(shared.owns(JOB), "or it would be dropped as another node's");
        assertEquals(end, store.all().getFirst().end().orElseThrow());
        assertEquals(
                3L, JobOwnership.booked(store.all().getFirst()).total(), "its inputs are known after a restart too");
        free();
        StoredJob again = custody.requeue(JOB);
        assertEquals(2, again.epoch());
        assertTrue(shared.owns(again));
        assertEquals(List.of(new JobStore.Found(again, java.util.Optional.empty())), store.all());
    }
}
