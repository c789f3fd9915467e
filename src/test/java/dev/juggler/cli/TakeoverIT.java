package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.Waiting;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.job.ConcurrencyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are killed in the middle of a job, as real processes. Each task notes itself in a ledger. */
class TakeoverIT {
    private static final int TASKS = 400;
    private static final List<String> ALL = List.of("data-0", "data-1", "data-2");
    private TestCluster cluster;
    private Ledger ledger;

    @TempDir
    private Path folder;

    @BeforeEach
    void startThree() throws Exception {
        ledger = Ledger.in(folder);
        cluster = new TestCluster(folder, ledger.settings(2));
        startAll();
    }

    private void startAll() throws Exception {
        for (String data : ALL) {
            cluster.start(data);
        }
        cluster.join();
    }

    @AfterEach
    void killAll() {
        cluster.close();
    }

    @Test
    void aDeadOwnersJobIsTakenOverAndAJobOfNodesThatAllDiedResumesFromDisk() throws Exception {
        JobRequest request = JobRequest.of(new Exec(List.of("note")), Inputs.expanded("1.." + TASKS))
                .withModel(ConcurrencyModel.THREADS, 2);
        String id = cluster.submit(request).id();
        Waiting.until(() -> cluster.get(id).counts().succeeded() > 20);

        cluster.node(cluster.folderOf(cluster.get(id).owner())).kill();
        long killed = System.nanoTime();
        Waiting.until(() -> cluster.get(id).epoch() == 2);
        System.out.println("taken over after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed) + " ms");
        assertEquals(id, cluster.submit(request).id(), "the second submission is the same job");
        Waiting.until(() -> cluster.get(id).counts().succeeded() > 60);

        cluster.leave();
        for (String data : ALL) {
            cluster.node(data).kill();
        }
        startAll();
        Waiting.until(() -> cluster.get(id).hasEnded());
        JobStatus done = cluster.get(id);
        assertEquals("completed", done.ending(), done::toString);
        assertEquals(TASKS, done.counts().succeeded(), done::toString);
        ledger.check(cluster, id, TASKS);
    }
}
