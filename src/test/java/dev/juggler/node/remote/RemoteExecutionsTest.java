package dev.juggler.node.remote;

import static dev.juggler.Waiting.await;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.ClusterFile;
import dev.juggler.Waiting;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Fetch;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes of one cluster, in one JVM, that run tasks of each other's jobs. Each task notes itself and waits for a file.
 */
class RemoteExecutionsTest {
    /** The workers of each node. */
    private static final int WORKERS = 3;

    private final String cluster = "remote-" + UUID.randomUUID();
    private final List<Node> nodes = new ArrayList<>();
    private int port;
    private int started;
    private Path ledger;
    private Path gate;
    private Cluster joined;
    private JobClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void startTwo() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ledger = Files.createFile(folder.resolve("ledger"));
        gate = folder.resolve("gate");
        ClusterFile.writeForThree(folder, cluster, port);
        start("note");
        start("note");
        joined = await(Cluster.join(
                new VertxOptions(),
                ClusterSettings.joining(cluster, nodes.getFirst().address())));
        client = JobClient.on(joined.vertx());
    }

    /** Starts a node that allows one command, under this name. */
    private Node start(String command) throws Exception {
        started++;
        Path settings = folder.resolve("node-" + started + ".json");
        Files.writeString(settings, """
            {"drain": "100ms", "data": "data-%d", "exec": {"commands": {"%s":
              ["sh", "-c", "echo $0 >> %s; until [ -e %s ]; do sleep 0.05; done", "{}"]}}}
            """.formatted(started, command, ledger, gate));
        Node node = await(Node.start(settings, Optional.empty()));
        nodes.add(node);
        return node;
    }

    @AfterEach
    void end() throws Exception {
        open();
        for (Node node : nodes) {
            await(node.leave());
        }
        await(joined.leave());
    }

    private void open() throws IOException {
        Files.write(gate, new byte[0]);
    }

    @Test
    void aNodeThatJoinsTakesTasksAndOneThatLeavesHandsThemBack() throws Exception {
        int tasks = 3 * WORKERS;
        String id = submit(ConcurrencyModel.THREADS, WORKERS, tasks);
        Waiting.until(() -> runs() == 2 * WORKERS);
        Node third = start("note");
        Waiting.until(() -> runs() == tasks);
        String owner = await(client.get(id)).owner();
        Node leaving = nodes.stream()
                .filter(node -> node != third && !node.id().equals(owner))
                .findFirst()
                .orElseThrow();
        nodes.remove(leaving);
        Future<Void> left = leaving.leave();
        Node fourth = start("note");
        Waiting.until(() -> runs() == tasks + WORKERS);
        await(left);
        open();
        List<JsonObject> rows = rows(id);
        Map<String, Long> byNode = rows.stream()
                .filter(row -> row.getString("state").equals("succeeded"))
                .collect(groupingBy(RemoteExecutionsTest::node, counting()));
        assertEquals(
                Map.of("", (long) WORKERS, third.id(), (long) WORKERS, fourth.id(), (long) WORKERS),
                byNode,
                "each task is committed once, and each node has run its part");
        List<JsonObject> lost = rows.stream()
                .filter(row -> row.getString("state").equals("failed"))
                .toList();
        assertEquals(WORKERS, lost.size(), "every rerun has a row");
        lost.forEach(row -> assertTrue(row.encode().contains("told to leave"), row::encode));
    }

    @Test
    void aSequentialJobStaysAtItsOwner() throws Exception {
        String id = submit(ConcurrencyModel.SEQUENTIAL, 1, 4);
        Waiting.until(() -> runs() == 1);
        open();
        assertTrue(rows(id).stream().allMatch(row -> node(row).isEmpty()));
    }

    @Test
    void aNodeThatDoesNotAllowTheJobTakesNoTasks() throws Exception {
        await(nodes.removeLast().leave());
        start("other");
        String id = submit(ConcurrencyModel.THREADS, WORKERS, WORKERS + 1);
        Node able = start("note");
        Waiting.until(() -> runs() == WORKERS + 1);
        open();
        assertEquals(
                Map.of("", (long) WORKERS, able.id(), 1L),
                rows(id).stream().collect(groupingBy(RemoteExecutionsTest::node, counting())));
    }

    @Test
    void aPageThatHoldsUpTheEndIsFetchedByAnotherNodeToo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer site = await(joined.vertx()
                .createHttpServer()
                .requestHandler(request -> {
                    // The first request for the fifth page gets no reply.
                    if (!request.path().equals("/5") || asked.incrementAndGet() > 1) {
                        request.response().end("page");
                    }
                })
                .listen(0, "127.0.0.1"));
        String pages = "http://127.0.0.1:" + site.actualPort() + "/{1..8}";
        JobRequest request = JobRequest.of(Fetch.READ, Inputs.expanded(pages)).withModel(ConcurrencyModel.THREADS, 1);
        List<JsonObject> rows = rows(await(client.submit(request)).id());
        assertEquals(2, asked.get());
        assertEquals(8, rows.size(), "of two attempts one counts");
        assertTrue(rows.stream().allMatch(row -> row.getString("state").equals("succeeded")));
    }

    private String submit(ConcurrencyModel model, int workers, int tasks) throws Exception {
        JobRequest request = JobRequest.of(new Exec(List.of("note")), Inputs.expanded("1.." + tasks))
                .withModel(model, workers);
        // One of two nodes does not allow the job and rejects it; the bus asks them in turn.
        return await(client.submit(request).recover(rejected -> client.submit(request)))
                .id();
    }

    private List<JsonObject> rows(String id) throws Exception {
        Waiting.until(() -> "completed".equals(await(client.get(id)).ending()));
        return await(client.outcomes(id, 0, 1_000)).outcomes();
    }

    /** The node of a row's worker; empty for the owner's own workers. */
    private static String node(JsonObject row) {
        String worker = row.getString("worker");
        int dot = worker.indexOf('.');
        return dot < 0 ? "" : worker.substring(0, dot);
    }

    private int runs() throws IOException {
        return Files.readAllLines(ledger).size();
    }
}
