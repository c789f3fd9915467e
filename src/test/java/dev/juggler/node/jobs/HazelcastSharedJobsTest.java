package dev.juggler.node.jobs;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.map.IMap;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ownership, status and journals in the maps of a real member. */
class HazelcastSharedJobsTest {
    private static final StoredJob JOB =
            StoredJob.of(JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")), Instant.EPOCH);
    private static final JobStatus QUEUED = JobEntry.queued(JOB).status("dead");

    @TempDir
    private Path folder;

    private Cluster cluster;
    private HazelcastSharedJobs jobs;
    private IMap<String, String> owners;

    @BeforeEach
    void join() throws Exception {
        ClusterSettings alone = ClusterSettings.onLoopback("maps-" + UUID.randomUUID(), 0);
        cluster = await(Cluster.join(new VertxOptions(), alone, config -> HazelcastSharedJobs.configure(config, 1)));
        jobs = new HazelcastSharedJobs(cluster, 1);
        owners = cluster.hazelcast().getMap("juggler.jobs.owners");
    }

    @AfterEach
    void leave() throws Exception {
        await(cluster.leave());
    }

    @Test
    void aJobIsClaimedOnceAndFoundTheSecondTime() {
        assertTrue(jobs.claim(JOB).isEmpty());
        jobs.publish(JOB, QUEUED);
        assertEquals(Optional.of(QUEUED), jobs.claim(JOB));
        StoredJob other = StoredJob.of(
                JobRequest.of(new Compute("sleep", null), Inputs.expanded("1"))
                        .withKey(JOB.request().key()),
                Instant.EPOCH);
        assertEquals(
                409,
                assertThrows(RejectedRequestException.class, () -> jobs.claim(other))
                        .code());
    }

    @Test
    void aDeadOwnersJobIsAdoptedOnceUnderTheNextEpochWithItsJournal() throws Exception {
        jobs.publish(JOB, QUEUED);
        jobs.storeJournal(JOB, 0, "one\n".getBytes(StandardCharsets.UTF_8));
        jobs.storeJournal(JOB, 1, "two\n".getBytes(StandardCharsets.UTF_8));
        owners.set(JOB.id(), "dead 1");
        assertEquals(List.of(JOB.id()), jobs.orphans());
        assertEquals(Optional.of(new SharedJobs.Orphan(JOB.withEpoch(2), QUEUED)), jobs.adopt(JOB.id(), any -> true));
        assertTrue(jobs.adopt(JOB.id(), any -> true).isEmpty());
        assertTrue(jobs.owns(JOB.withEpoch(2)));
        assertFalse(jobs.owns(JOB), "the earlier epoch is over");
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        jobs.copyJournal(JOB.id(), 1, journal);
        assertEquals("one\ntwo\n", journal.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aJobThatTheOtherNodesLostStaysWithItsOwnerAndIsSharedAgain() throws Exception {
        jobs.claim(JOB);
        jobs.publish(JOB, QUEUED);
        // As when two nodes die at once that had an entry and its backup.
        owners.clear();
        cluster.hazelcast().getMap("juggler.jobs.status").clear();
        try (JobStore store = JobStore.open(folder)) {
            JobOwnership ownership = new JobOwnership(store, jobs, job -> {});
            assertTrue(ownership
                    .sweep(List.of(JobEntry.queued(JOB)), "dead", 1)
                    .lost()
                    .isEmpty());
        }
        assertEquals(Optional.of(QUEUED), jobs.find(JOB.id()));
        assertEquals(cluster.self() + " 1", owners.get(JOB.id()));
    }

    @Test
    void aJobOnDiskIsReclaimedUnlessALivingNodeHasALaterEpoch() {
        owners.set(JOB.id(), "dead 3");
        assertEquals(Optional.of(JOB.withEpoch(4)), jobs.reclaim(JOB));
        owners.set(JOB.id(), cluster.self() + " 7");
        assertTrue(jobs.reclaim(JOB).isEmpty());
        assertEquals(Optional.of(JOB.withEpoch(8)), jobs.reclaim(JOB.withEpoch(7)));
    }
}
