package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
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
        shared.hold(GOOD, 0, "row\n".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() throws Exception {
        store.close();
        await(cluster.leave());
    }

    private static List<String> ids(List<JobStore.Found> found) {
        return found.stream().map(each -> each.job().id()).toList();
    }

    @Test
    void aJobThatThisNodeMayNotDoIsLeftToOthers() throws Exception {
        JobTakeover takeover = new JobTakeover(store, shared, job -> {
            if (job.id().equals(BAD.id())) {
                throw RejectedRequestException.bad("this node knows no function 'square'");
            }
        });
        assertEquals(List.of(GOOD.id()), ids(takeover.some(5)));
        assertEquals("row\n", Files.readString(store.journal(GOOD.id())));
        assertEquals("dead 1", owners.get(BAD.id()));
        assertEquals(List.of(), takeover.some(5), "and is not looked at again");
        assertEquals(List.of(GOOD.id()), ids(store.all()));
        JobTakeover another = new JobTakeover(store, shared, job -> {});
        assertEquals(List.of(BAD.id()), ids(another.some(5)));
    }

    @Test
    void aJobThatHasEndedIsKeptByAnyNode() {
        JobStatus ended = JobEntry.queued(BAD)
                .with(new JobPhase.Ended(Optional.empty(), Instant.EPOCH, JobEnd.cancelled(JobStatus.Counts.NONE)))
                .status("dead");
        shared.publish(BAD, ended);
        JobTakeover takeover = new JobTakeover(store, shared, job -> {
            throw RejectedRequestException.bad("nothing is allowed here");
        });
        assertEquals(List.of(BAD.id()), ids(takeover.some(5)));
    }

    @Test
    void aJobThatCannotBePutOnThisNodesDiskIsNotOwnedByItAndIsTakenLater() throws Exception {
        Path inTheWay = folder.resolve("data/jobs").resolve(GOOD.id());
        Files.writeString(inTheWay, "no folder");
        JobTakeover takeover = new JobTakeover(store, shared, job -> {});
        assertEquals(List.of(BAD.id()), ids(takeover.some(5)), "others are taken all the same");
        assertEquals(List.of(GOOD.id()), shared.orphans(), "it is for whoever can keep it");
        Files.delete(inTheWay);
        assertEquals(List.of(GOOD.id()), ids(takeover.some(5)));
        assertEquals("row\n", Files.readString(store.journal(GOOD.id())));
        assertTrue(shared.orphans().isEmpty());
    }
}
