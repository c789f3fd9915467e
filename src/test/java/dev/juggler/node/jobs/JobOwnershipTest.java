package dev.juggler.node.jobs;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a node that cannot write to its disk, with the maps of a real member. */
class JobOwnershipTest {
    private static final StoredJob JOB =
            StoredJob.of(JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")), Instant.EPOCH);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private HazelcastSharedJobs shared;
    private JobStore store;
    private JobOwnership ownership;
    private Path obstacle;

    @BeforeEach
    void join() throws Exception {
        ClusterSettings alone = ClusterSettings.onLoopback("ownership-" + UUID.randomUUID(), 0);
        cluster = await(Cluster.join(new VertxOptions(), alone, config -> HazelcastSharedJobs.configure(config, 1)));
        shared = new HazelcastSharedJobs(cluster, 1);
        store = JobStore.open(folder);
        store.create(JOB);
        ownership = new JobOwnership(store, shared, job -> {});
        obstacle = store.journal(JOB.id()).resolveSibling("job.json.new");
    }

    @AfterEach
    void leave() throws Exception {
        store.close();
        await(cluster.leave());
    }

    /** Makes every write of {@code job.json} fail, as a full disk does. */
    private void fill() throws IOException {
        Files.createDirectory(obstacle);
    }

    private void free() throws IOException {
        Files.delete(obstacle);
    }

    @Test
    void aJobThatCannotBeRecalledNowIsRecalledByTheNextSweep() throws Exception {
        fill();
        assertThrows(IOException.class, () -> ownership.sweep(List.of(), "here", 0));
        free();
        List<JobStore.StoredState> gained =
                ownership.sweep(List.of(), "here", 0).gained();
        assertEquals(1, gained.size(), "it is not taken for another node's and deleted");
        assertTrue(shared.owns(gained.getFirst().job()));
    }

    @Test
    void anEndedJobOnDiskIsReplicatedWhenNoOtherNodeHoldsItsJournal() throws Exception {
        Files.writeString(store.journal(JOB.id()), "row\n");
        StoredJob recalled =
                ownership.sweep(List.of(), "here", 0).gained().getFirst().job();
        assertFalse(shared.hasJournal(JOB.id(), recalled.epoch()), "all nodes were down");

        ownership.replicateEnded(List.of(recalled));

        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        shared.copyJournal(JOB.id(), recalled.epoch() + 1, rows);
        assertEquals("row\n", rows.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aJobThatCannotBeRequeuedNowKeepsItsEnd() throws Exception {
        shared.claim(JOB);
        JobStore.StoredEnd end =
                new JobStore.StoredEnd(null, Instant.EPOCH.toString(), JobEnd.cancelled(JobStatus.Counts.NONE), 3L);
        store.end(JOB.id(), end);
        fill();
        RejectedRequestException rejection = assertThrows(RejectedRequestException.class, () -> ownership.requeue(JOB));
        assertEquals(503, rejection.code());
        assertTrue(shared.owns(JOB), "otherwise it would be dropped as another node's");
        assertEquals(end, store.all().getFirst().end().orElseThrow());
        assertEquals(3L, JobEntry.of(store.all().getFirst()).total(), "the number of its inputs survives a restart");
        free();
        StoredJob again = ownership.requeue(JOB);
        assertEquals(2, again.epoch());
        assertTrue(shared.owns(again));
        assertEquals(List.of(new JobStore.StoredState(again, Optional.empty())), store.all());
    }
}
