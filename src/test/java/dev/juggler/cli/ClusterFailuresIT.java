package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.juggler.Waiting;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.job.ConcurrencyModel;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of nodes in the middle of a job, besides the death of one, checked against a ledger outside Juggler. */
class ClusterFailuresIT {
    private static final List<String> ALL = List.of("data-0", "data-1", "data-2");
    private Ledger ledger;
    private TestCluster cluster;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        ledger = Ledger.in(folder);
    }

    @AfterEach
    void killAll() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private void startThree(int minimumMembers) throws Exception {
        startThree(ledger.settings(minimumMembers));
    }

    private void startThree(String settings) throws Exception {
        cluster = new TestCluster(folder, settings);
        for (String data : ALL) {
            cluster.start(data);
        }
        cluster.join();
    }

    private static JobRequest noteJob(int tasks) {
        return JobRequest.of(new Exec(List.of("note")), Inputs.expanded("1.." + tasks))
                .withModel(ConcurrencyModel.THREADS, 2);
    }

    private String ownerOf(String id) throws Exception {
        return cluster.folderOf(cluster.get(id).owner());
    }

    private void checkDone(String id, int tasks) throws Exception {
        Waiting.until(() -> cluster.get(id).hasEnded());
        JobStatus done = cluster.get(id);
        assertEquals("completed", done.ending(), done::toString);
        assertEquals(tasks, done.counts().succeeded(), done::toString);
        System.out.println("repeated runs: " + ledger.check(cluster, id, tasks) + " of " + tasks);
    }

    @Test
    void aRollingRestartLosesNothingAndASubmissionWhoseReplyIsLostIsOneJob() throws Exception {
        int tasks = 300;
        startThree(2);
        JobRequest request = noteJob(tasks);
        // The reply is lost.
        cluster.ask(client -> {
            client.submit(request);
            return Future.succeededFuture();
        });
        String id = cluster.submit(request).id();
        for (String data : ALL) {
            long before = cluster.get(id).counts().succeeded();
            Waiting.until(() -> cluster.get(id).counts().succeeded() > before
                    || cluster.get(id).hasEnded());
            RunningProcess node = cluster.node(data);
            node.signal("TERM");
            assertEquals(0, node.await().exit());
            cluster.start(data);
        }
        assertEquals(id, cluster.submit(request).id());
        assertEquals(1, cluster.ask(client -> client.list(10)).size());
        checkDone(id, tasks);
    }

    @Test
    void theLastOfThreeResumesTheJobWhenTwoAreKilledAtOnce() throws Exception {
        int tasks = 150;
        startThree(1);
        String id = cluster.submit(noteJob(tasks)).id();
        Waiting.until(() -> cluster.get(id).counts().succeeded() > 10);
        String owner = ownerOf(id);
        String other =
                ALL.stream().filter(data -> !data.equals(owner)).findFirst().orElseThrow();

        Process kill = new ProcessBuilder(
                        "kill",
                        "-KILL",
                        Long.toString(cluster.node(owner).pid()),
                        Long.toString(cluster.node(other).pid()))
                .start();
        assertEquals(0, kill.waitFor());
        cluster.node(owner).await();
        cluster.node(other).await();
        // Both may have held the entry of the job, and then only the owner's disk has it.
        cluster.awaitRemovalOfDeadNodes();
        cluster.leave();
        cluster.start(owner);
        cluster.join();

        checkDone(id, tasks);
    }

    /** The others must agree on a new oldest member before one of them takes its job over. */
    @Test
    void lateOutcomesOfAStoppedOwnerDoNotCountThoughItIsTheOldestNode() throws Exception {
        int tasks = 120;
        // Long enough that the job still runs when its owner is stopped.
        startThree(ledger.settings(2, "0.15"));
        String oldest = ALL.getFirst();
        String id = submitTo(oldest, tasks);
        Waiting.until(() -> cluster.get(id).counts().succeeded() > 10);
        List<RunningProcess> others =
                ALL.stream().skip(1).map(data -> cluster.node(data)).toList();

        cluster.node(oldest).signal("STOP");
        // After ten seconds without a heartbeat it counts as dead, and another node takes its job over.
        Waiting.until(() -> others.stream().anyMatch(node -> node.err().has("job " + id + " resumes, epoch 2")));
        cluster.node(oldest).signal("CONT");
        cluster.node(oldest).err().await("was taken over by another node");

        checkDone(id, tasks);
        for (RunningProcess node : others) {
            assertFalse(node.err().has("minority"), "the others always saw each other");
        }
    }

    /** Submits jobs until one is owned by this node; the bus chooses the node for each. */
    private String submitTo(String data, int tasks) throws Exception {
        JobStatus job = cluster.submit(noteJob(tasks));
        while (!cluster.folderOf(job.owner()).equals(data)) {
            String other = job.id();
            cluster.ask(client -> client.cancel(other));
            job = cluster.submit(noteJob(tasks));
        }
        return job.id();
    }
}
