package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a node and the commands of its clients, each as a separate process. */
class NodeIT {
    private TestCluster cluster;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSettings() throws Exception {
        cluster = new TestCluster(folder, """
            {"drain": "1s", "exec": {"commands": {"line-count": ["wc", "-l", "{}"]}}}
            """);
    }

    @AfterEach
    void killNode() {
        cluster.close();
    }

    @Test
    void servesJobsAndResumesThemAfterAKill() throws Exception {
        RunningProcess node = cluster.start("data");
        EndedProcess done =
                cluster.command("submit", "--watch", "--", "compute", "square", "1..100", "--model", "async");
        assertEquals(0, done.exit(), done::toString);
        String first = done.out().getFirst();
        List<String> rows = cluster.command("outcomes", first).out();
        assertEquals(100, rows.size());
        assertEquals("succeeded", new JsonObject(rows.getFirst()).getString("state"));

        String id = cluster.command(
                        "submit", "--key", "mine", "--", "compute", "sleep", "-m", "threads", "-n", "2", "-i", sleeps())
                .out()
                .getFirst();
        try (RunningProcess watch = JugglerProcess.in(folder).start(cluster.words("watch", id))) {
            watch.err().await("running: ");
            watch.signal("INT");
            EndedProcess left = watch.await();
            assertEquals(130, left.exit());
            assertTrue(left.err().getLast().contains("goes on"), left::toString);
        }
        node.kill();
        node = cluster.start("data");
        String again = cluster.command(
                        "submit", "--key", "mine", "--", "compute", "sleep", "-m", "threads", "-n", "2", "-i", sleeps())
                .out()
                .getFirst();
        assertEquals(id, again, "the same key is the same job");
        EndedProcess watched = cluster.command("watch", id);
        assertEquals(0, watched.exit(), watched::toString);
        List<String> succeeded = cluster.command("outcomes", id).out().stream()
                .filter(row -> row.contains("\"state\":\"succeeded\""))
                .toList();
        assertEquals(600, succeeded.size(), "every task is committed once");

        String endless =
                cluster.command("submit", "--", "compute", "sleep", "1h").out().getFirst();
        assertEquals(0, cluster.command("cancel", endless).exit());
        EndedProcess cancelled = cluster.command("watch", endless);
        assertEquals(1, cancelled.exit(), cancelled::toString);
        assertEquals(2, cluster.command("cancel", endless).exit());
        assertEquals(0, cluster.command("requeue", endless).exit());
        assertEquals(0, cluster.command("cancel", endless).exit(), "it was tried again");
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
        assertEquals(4, cluster.command("jobs").exit(), "nobody is there any more");
    }

    @Test
    void rejectsMissingAndInvalidSettings() throws Exception {
        Files.writeString(folder.resolve("node.json"), "{\"daat\": \"x\"}");
        refused("unknown field 'daat'", "node", "--conf", "node.json");
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\", \"cluster\": \"none.xml\"}");
        refused("there is no such file", "node", "--conf", "node.json");
        Files.writeString(folder.resolve("broken.xml"), "<hazelcast>\n<netw");
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\", \"cluster\": \"broken.xml\"}");
        refused("broken.xml, line 2: ", "node", "--conf", "node.json");
        refused("--node 'a:b' is no address", "jobs", "--node", "a:b");
    }

    private void refused(String reason, String... words) throws Exception {
        EndedProcess ended = JugglerProcess.in(folder).run(words);
        assertEquals(2, ended.exit(), ended::toString);
        assertEquals(1, ended.err().size(), ended::toString);
        assertTrue(ended.err().getFirst().contains(reason), ended::toString);
    }

    private String sleeps() throws Exception {
        return Files.write(folder.resolve("sleeps"), Collections.nCopies(600, "40ms"))
                .toString();
    }
}
