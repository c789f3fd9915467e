package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and the commands that ask it, each a process of its own. */
class NodeIT {
    private final String cluster = "it-" + UUID.randomUUID();
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSettings() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port port-count="3">%d</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true"><member>127.0.0.1:%d</member></tcp-ip>
                </join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(cluster, port, port));
        Files.writeString(folder.resolve("node.json"), """
            {"data": "data", "drain": "1s", "exec": {"commands": {"line-count": ["wc", "-l", "{}"]}}}
            """);
    }

    @Test
    void jobsAreSubmittedWatchedReadAndCancelledAndAKilledNodeGoesOnWithThem() throws Exception {
        Running node = startNode();
        Ended done = ask("submit", "--watch", "--", "compute", "square", "1..100", "--model", "async");
        assertEquals(0, done.exit(), done::toString);
        String first = done.out().getFirst();
        List<String> rows = ask("outcomes", first).out();
        assertEquals(100, rows.size());
        assertEquals("succeeded", new JsonObject(rows.getFirst()).getString("state"));

        String id = ask("submit", "--key", "mine", "--", "compute", "sleep", "-m", "threads", "-n", "2", "-i", sleeps())
                .out()
                .getFirst();
        try (Running watch = Juggler.in(folder).start(words("watch", id))) {
            watch.err().await("running: ");
            watch.signal("INT");
            Ended left = watch.await();
            assertEquals(130, left.exit());
            assertTrue(left.err().getLast().contains("goes on"), left::toString);
        }
        node.kill();
        node = startNode();
        String again = ask(
                        "submit", "--key", "mine", "--", "compute", "sleep", "-m", "threads", "-n", "2", "-i", sleeps())
                .out()
                .getFirst();
        assertEquals(id, again, "the same key is the same job");
        Ended watched = ask("watch", id);
        assertEquals(0, watched.exit(), watched::toString);
        List<String> succeeded = ask("outcomes", id).out().stream()
                .filter(row -> row.contains("\"state\":\"succeeded\""))
                .toList();
        assertEquals(600, succeeded.size(), "every task is committed once");

        String endless = ask("submit", "--", "compute", "sleep", "1h").out().getFirst();
        assertEquals(0, ask("cancel", endless).exit());
        assertEquals(1, ask("watch", endless).exit());
        assertEquals(2, ask("cancel", endless).exit());
        List<String> jobs = ask("jobs", "--json").out();
        assertEquals(
                List.of(endless, id, first),
                jobs.stream().map(row -> new JsonObject(row).getString("id")).toList());

        assertEquals(2, ask("submit", "--", "exec", "a", "--", "rm").exit());

        String waiting =
                ask("submit", "--", "compute", "sleep", "200ms", "1h").out().getFirst();
        node.signal("TERM");
        Ended left = node.await();
        assertEquals(0, left.exit(), left::toString);
        assertFalse(Files.exists(folder.resolve("data/jobs").resolve(waiting).resolve("end.json")));
        assertEquals(4, ask("jobs").exit(), "nobody is there any more");
    }

    @Test
    void settingsThatAreMissingOrWrongAreRefused() throws Exception {
        Files.writeString(folder.resolve("node.json"), "{\"daat\": \"x\"}");
        refused("unknown field 'daat'", "node", "--conf", "node.json");
        Files.writeString(folder.resolve("node.json"), "{\"data\": \"data\", \"cluster\": \"none.xml\"}");
        refused("there is no such file", "node", "--conf", "node.json");
    }

    private void refused(String reason, String... words) throws Exception {
        Ended ended = Juggler.in(folder).run(words);
        assertEquals(2, ended.exit(), ended::toString);
        assertEquals(1, ended.err().size(), ended::toString);
        assertTrue(ended.err().getFirst().contains(reason), ended::toString);
    }

    private String sleeps() throws Exception {
        return Files.write(folder.resolve("sleeps"), Collections.nCopies(600, "40ms"))
                .toString();
    }

    private Running startNode() throws Exception {
        Running node = Juggler.in(folder)
                .start("node", "--conf", folder.resolve("node.json").toString());
        node.err().await("takes jobs");
        return node;
    }

    private String[] words(String command, String... more) {
        List<String> words =
                new ArrayList<>(List.of(command, "--node", "127.0.0.1:" + port, "--cluster-name", cluster));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private Ended ask(String command, String... more) throws Exception {
        return Juggler.in(folder).run(words(command, more));
    }
}
