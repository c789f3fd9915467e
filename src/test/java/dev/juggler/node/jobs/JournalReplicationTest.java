package dev.juggler.node.jobs;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A growing journal and its replica in the maps of a real member. */
class JournalReplicationTest {
    private static final StoredJob JOB = StoredJob.of(
                    JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")), Instant.EPOCH)
            .withEpoch(2);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private HazelcastSharedJobs shared;
    private Map<String, String> owners;
    private Path journal;
    private JournalReplication replication;

    @BeforeEach
    void join() throws Exception {
        ClusterSettings alone = ClusterSettings.onLoopback("replication-" + UUID.randomUUID(), 0);
        cluster = await(Cluster.join(new VertxOptions(), alone, config -> HazelcastSharedJobs.configure(config, 1)));
        shared = new HazelcastSharedJobs(cluster, 1);
        owners = cluster.hazelcast().getMap("juggler.jobs.owners");
        journal = folder.resolve("journal.jsonl");
        replication = new JournalReplication(shared, JOB, journal);
    }

    @AfterEach
    void leave() throws Exception {
        await(cluster.leave());
    }

    @Test
    void theReplicaHasWhatTheJournalHasAfterEachCall() throws Exception {
        assertTrue(replication.replicate(), "the journal does not exist yet");
        assertEquals("", replica(2));

        append("one\n");
        assertTrue(replication.replicate());
        assertEquals("one\n", replica(2));
        assertTrue(replication.replicate());
        assertEquals("one\n", replica(2), "nothing was added");

        append("two\nthree\n");
        assertTrue(replication.replicate());
        assertEquals("one\ntwo\nthree\n", replica(2));
    }

    @Test
    void aJournalLargerThanAPieceIsReplicatedInOneCall() throws Exception {
        String rows = "0123456789abcde\n".repeat(JournalReplication.PIECE_BYTES / 16 * 2 + 100);
        append(rows);

        assertTrue(replication.replicate());

        assertEquals(rows, replica(2));
    }

    @Test
    void theReplicaOfThePreviousEpochIsKeptUntilThisEpochHasOne() throws Exception {
        shared.storeJournal(JOB.withEpoch(1), 0, "old\n".getBytes(StandardCharsets.UTF_8));
        Files.createFile(journal);
        replication.replicate();
        assertEquals("old\n", replica(1), "this epoch has nothing yet");
        assertEquals("old\n", replica(2), "an earlier epoch stands in for it");

        append("old\nnew\n");
        replication.replicate();

        assertEquals("", replica(1));
        assertEquals("old\nnew\n", replica(2));
    }

    @Test
    void aNodeThatLostTheJobReplicatesNothing() throws Exception {
        owners.put(JOB.id(), "another 3");
        append("late\n");

        assertFalse(replication.replicate());

        assertEquals("", replica(2));
        assertEquals("another 3", owners.get(JOB.id()));
    }

    private void append(String rows) throws IOException {
        Files.writeString(journal, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String replica(int epoch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shared.copyJournal(JOB.id(), epoch, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
