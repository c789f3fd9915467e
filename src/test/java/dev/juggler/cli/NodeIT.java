package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and the commands for it, each a process of its own. */
class NodeIT {
    private static final int PAUSES = 600;
    private static final int WORKERS = 2;
    private TestCluster cluster;
    private Path gate;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSettings() throws Exception {
        gate = folder.resolve("gate");
        cluster = new TestCluster(folder, """
            {"drain": "1s", "exec": {"commands": {"line-count": ["wc", "-l", "{}"], "pause":
              ["sh", "-c", "case $0 in gate) until [ -e %s ]; do sleep 0.05; done;; *) sleep $0;; esac", "{}"]}}}
            """.formatted(gate));
    }

    @AfterEach
    void killNode() throws Exception {
        // The programs of a killed node wait for it too.
        Files.write(gate, new byte[0]);
        cluster.close();
    }

    @Test
    void jobsAreSubmittedWatchedReadAndCancelledAndAKilledNodeResumesThem() throws Exception {
        RunningProcess node = cluster.start("data");
        EndedProcess done =
                cluster.command("submit", "--watch", "--", "compute", "square", "1..100", "--model", "async");
        assertEquals(0, done.exit(), done::toString);
        String first = done.out().getFirst();
        List<String> rows = cluster.command("outcomes", first).out();
        assertEquals(100, rows.size());
        assertEquals("succeeded", new JsonObject(rows.getFirst()).getString("state"));

        String id = submitPauses();
        try (RunningProcess watch = JugglerProcess.in(folder).start(cluster.words("watch", id))) {
            watch.err().await("running: ");
            watch.signal("INT");
            EndedProcess left = watch.await();
            assertEquals(130, left.exit());
            assertTrue(left.err().getLast().contains("still runs"), left::toString);
        }
        node.kill();
        node = cluster.start("data");
        assertEquals(id, submitPauses(), "the same key is the same job");
        Files.write(gate, new byte[0]);
        EndedProcess watched = cluster.command("watch", id);
        assertEquals(0, watched.exit(), watched::toString);
        List<String> succeeded = cluster.command("outcomes", id).out().stream()
                .filter(row -> row.contains("\"state\":\"succeeded\""))
                .toList();
        assertEquals(PAUSES + WORKERS, succeeded.size(), "every task is committed once");

        String endless =
                cluster.command("submit", "--", "compute", "sleep", "1h").out().getFirst();
        assertEquals(0, cluster.command("cancel", endless).exit());
        EndedProcess cancelled = cluster.command("watch", endless);
        assertEquals(1, cancelled.exit(), cancelled::toString);
        assertEquals(2, cluster.command("cancel", endless).exit());
        assertEquals(0, cluster.command("requeue", endless).exit());
        assertEquals(0, cluster.command("cancel", endless).exit(), "it was requeued");
        List<String> jobs = cluster.command("jobs", "--json").out();
        assertEquals(
                List.of(endless, id, first),
                jobs.stream().map(row -> new JsonObject(row).getString("id")).toList());

        assertEquals(2, cluster.command("submit", "--", "exec", "a", "--", "rm").exit());

        String waiting = cluster.command("submit", "--", "compute", "sleep", "200ms", "1h")
                .out()
                .getFirst();
        node.signal("TERM");
        EndedProcess left = node.await();
        assertEquals(0, left.exit(), left::toString);
        assertFalse(Files.exists(folder.resolve("data/jobs").resolve(waiting).resolve("end.json")));
        assertEquals(4, cluster.command("jobs").exit(), "no node is left");
    }

    @Test
    void missingOrWrongSettingsAreRejected() throws Exception {
        Files.writeString(folder.resolve("node.json"), "{\"daat\": \"x\"}");
        assertRejected("unknown field 'daat'", "node", "--conf", "node.json");
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\", \"cluster\": \"none.xml\"}");
        assertRejected("there is no such file", "node", "--conf", "node.json");
        Files.writeString(folder.resolve("broken.xml"), "<hazelcast>\n<netw");
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\", \"cluster\": \"broken.xml\"}");
        assertRejected("broken.xml, line 2: ", "node", "--conf", "node.json");
        assertRejected("--node 'a:b' is not an address", "jobs", "--node", "a:b");
    }

    private void assertRejected(String reason, String... words) throws Exception {
        EndedProcess ended = JugglerProcess.in(folder).run(words);
        assertEquals(2, ended.exit(), ended::toString);
        assertEquals(1, ended.err().size(), ended::toString);
        assertTrue(ended.err().getFirst().contains(reason), ended::toString);
    }

    /** Submits a job that runs until the gate opens, always under the same key. */
    private String submitPauses() throws Exception {
        List<String> pauses = new ArrayList<>(Collections.nCopies(PAUSES, "0.04"));
        pauses.addAll(Collections.nCopies(WORKERS, "gate"));
        String list = Files.write(folder.resolve("pauses"), pauses).toString();
        String workers = Integer.toString(WORKERS);
        return cluster.command(
                        "submit", "--key", "mine", "--", "exec", "-m", "threads", "-n", workers, "-i", list, "--",
                        "pause")
                .out()
                .getFirst();
    }
}
