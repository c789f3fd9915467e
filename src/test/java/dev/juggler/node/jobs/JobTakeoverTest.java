package dev.juggler.node.jobs;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of dead nodes, in the maps of a real member and on a real disk. */
class JobTakeoverTest {
    private static final StoredJob GOOD = job("good");
    private static final StoredJob BAD = job("bad");

    @TempDir
    private Path folder;

    private Cluster cluster;
    private HazelcastSharedJobs shared;
    private Map<String, String> owners;
    private JobStore store;

    private static StoredJob job(String key) {
        return StoredJob.of(
                JobRequest.of(new Compute("square", null), Inputs.expanded("1..3"))
                        .withKey(key),
                Instant.EPOCH);
    }

    @BeforeEach
    void join() throws Exception {
        ClusterSettings alone = ClusterSettings.onLoopback("takeover-" + UUID.randomUUID(), 0);
        cluster = await(Cluster.join(new VertxOptions(), alone, config -> HazelcastSharedJobs.configure(config, 1)));
        shared = new HazelcastSharedJobs(cluster, 1);
        owners = cluster.hazelcast().getMap("juggler.jobs.owners");
        store = JobStore.open(folder.resolve("data"));
        for (StoredJob job : List.of(GOOD, BAD)) {
            shared.publish(job, JobEntry.queued(job).status("dead"));
            owners.put(job.id(), "dead 1");
        }
        shared.storeJournal(GOOD, 0, "row\n".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() throws Exception {
        store.close();
        await(cluster.leave());
    }

    private static List<String> ids(List<JobStore.StoredState> found) {
        return found.stream().map(each -> each.job().id()).toList();
    }

    @Test
    void aJobThatThisNodeDoesNotPermitIsLeftToOthers() throws Exception {
        JobTakeover takeover = new JobTakeover(store, shared, job -> {
            if (job.id().equals(BAD.id())) {
                throw RejectedRequestException.bad("this node has no function 'square'");
            }
        });
        assertEquals(List.of(GOOD.id()), ids(takeover.takeOver(5)));
        assertEquals("row\n", Files.readString(store.journal(GOOD.id())));
        assertEquals("dead 1", owners.get(BAD.id()));
        assertEquals(List.of(), takeover.takeOver(5), "and is not tried again");
        assertEquals(List.of(GOOD.id()), ids(store.all()));
        JobTakeover another = new JobTakeover(store, shared, job -> {});
        assertEquals(List.of(BAD.id()), ids(another.takeOver(5)));
    }

    private void end(StoredJob job) {
        JobStatus ended = JobEntry.queued(job)
                .with(new JobPhase.Ended(Optional.empty(), Instant.EPOCH, JobEnd.cancelled(JobStatus.Counts.NONE)))
                .status("dead");
        shared.publish(job, ended);
    }

    @Test
    void anEndedJobIsTakenOverByAnyNode() {
        end(BAD);
        JobTakeover takeover = new JobTakeover(store, shared, job -> {
            throw RejectedRequestException.bad("this node permits nothing");
        });
        assertEquals(List.of(BAD.id()), ids(takeover.takeOver(5)));
    }

    @Test
    void anEndedJobKeepsItsRowsWhenItsNextOwnerDiesToo() throws Exception {
        end(GOOD);
        JobStore.StoredState first = new JobTakeover(store, shared, job -> {})
                .takeOver(5).stream()
                        .filter(taken -> taken.job().id().equals(GOOD.id()))
                        .findFirst()
                        .orElseThrow();
        shared.publish(first.job(), JobEntry.of(first).status("dead too"));
        owners.put(GOOD.id(), "dead-too " + first.job().epoch());
        try (JobStore next = JobStore.open(folder.resolve("data-next"))) {
            new JobTakeover(next, shared, job -> {}).takeOver(5);
            assertEquals("row\n", Files.readString(next.journal(GOOD.id())));
        }
    }

    @Test
    void aJobThatCannotBeStoredIsDisownedAndTakenOverLater() throws Exception {
        Path obstacle = folder.resolve("data/jobs").resolve(GOOD.id());
        Files.writeString(obstacle, "no folder");
        JobTakeover takeover = new JobTakeover(store, shared, job -> {});
        assertEquals(List.of(BAD.id()), ids(takeover.takeOver(5)), "other jobs are taken over");
        assertEquals(List.of(GOOD.id()), shared.orphans(), "any node may adopt it");
        Files.delete(obstacle);
        assertEquals(List.of(GOOD.id()), ids(takeover.takeOver(5)));
        assertEquals("row\n", Files.readString(store.journal(GOOD.id())));
        assertTrue(shared.orphans().isEmpty());
    }
}
