package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.juggler.Waiting;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.job.ConcurrencyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests failures of several nodes in the middle of a job, checked against a ledger outside Juggler. */
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

    private static JobRequest notes(int tasks) {
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
        System.out.println("runs for nothing: " + ledger.check(cluster, id, tasks) + " of " + tasks);
    }

    @Test
    void aRollingRestartLosesNothingAndALostReplyDoesNotDuplicateAJob() throws Exception {
        int tasks = 300;
        startThree(2);
        JobRequest request = notes(tasks);
        // The reply is ignored, as if it were lost.
        cluster.ask(client -> {
            client.submit(request);
            return io.vertx.core.Future.succeededFuture();
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
    void theLastNodeContinuesWhenTwoAreKilled() throws Exception {
        int tasks = 150;
        startThree(1);
        String id = cluster.submit(notes(tasks)).id();
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
        // Both may have held the job; then only the owner's disk has it.
        cluster.leave();
        cluster.start(owner);
        cluster.join();

        checkDone(id, tasks);
    }

    /** Stops the oldest node, so that the others must elect a new master before one of them takes over the job. */
    @Test
    void ignoresLateOutcomesOfAStoppedOwner() throws Exception {
        int tasks = 120;
        // Long enough to be still running when the owner is stopped.
        startThree(ledger.settings(2, "0.15"));
        String oldest = ALL.getFirst();
        String id = submitTo(oldest, tasks);
        Waiting.until(() -> cluster.get(id).counts().succeeded() > 10);
        List<RunningProcess> others =
                ALL.stream().skip(1).map(data -> cluster.node(data)).toList();

        cluster.node(oldest).signal("STOP");
        // After ten seconds without a heartbeat it is considered dead, and another node takes over its job.
        Waiting.until(() -> others.stream().anyMatch(node -> node.err().has("job " + id + " goes on, epoch 2")));
        cluster.node(oldest).signal("CONT");
        cluster.node(oldest).err().await("was taken over by another node");

        checkDone(id, tasks);
        for (RunningProcess node : others) {
            assertFalse(node.err().has("minority"), "the others never lost each other");
        }
    }

    /** Finds the node that owns a job: submissions go to the nodes in turn. */
    private String submitTo(String data, int tasks) throws Exception {
        JobStatus job = cluster.submit(notes(tasks));
        while (!cluster.folderOf(job.owner()).equals(data)) {
            String other = job.id();
            cluster.ask(client -> client.cancel(other));
            job = cluster.submit(notes(tasks));
        }
        return job.id();
    }
}
