package dev.juggler.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.job.ConcurrencyModel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tasks of one job on several nodes: real processes that join, are killed, and leave in the middle of it. Each task
 * notes itself and the process that it runs in, and then waits for a file.
 */
class SharedJobIT {
    /** The workers of each node. */
    private static final int WORKERS = 4;

    private static final int TASKS = 2 * WORKERS;
    private Path ledger;
    private Path gate;
    private TestCluster cluster;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSettings() throws Exception {
        ledger = Files.createFile(folder.resolve("ledger"));
        gate = folder.resolve("gate");
        cluster = new TestCluster(folder, """
            {"drain": "1s", "exec": {"commands": {"note":
              ["sh", "-c", "echo $0 $PPID >> %s; until [ -e %s ]; do sleep 0.1; done", "{}"]}}}
            """.formatted(ledger, gate));
    }

    @AfterEach
    void end() throws Exception {
        // The programs of a killed node wait for it too.
        Files.write(gate, new byte[0]);
        cluster.close();
    }

    @Test
    void theTasksOfOneJobRunOnNodesThatJoinAndMoveFromNodesThatDieOrLeave() throws Exception {
        RunningProcess first = cluster.start("data-0");
        RunningProcess second = cluster.start("data-1");
        cluster.join();
        String id = cluster.submit(JobRequest.of(new Exec(List.of("note")), Inputs.expanded("1.." + TASKS))
                        .withModel(ConcurrencyModel.THREADS, WORKERS))
                .id();
        boolean firstOwns = cluster.folderOf(cluster.get(id).owner()).equals("data-0");
        RunningProcess owner = firstOwns ? first : second;
        RunningProcess helper = firstOwns ? second : first;
        Waiting.until(() -> runs().size() == TASKS);
        assertEquals(
                Map.of(owner.pid(), (long) WORKERS, helper.pid(), (long) WORKERS),
                runsPerNode(),
                "one node has as many workers as the other");

        RunningProcess third = cluster.start("data-2");
        helper.kill();
        long killed = System.nanoTime();
        Waiting.until(() -> runs().size() == TASKS + WORKERS);
        System.out.println(
                "rerun elsewhere after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed) + " ms");
        assertEquals(WORKERS, runsPerNode().get(third.pid()), "they go to the node that joined in the middle");

        RunningProcess fourth = cluster.start("data-3");
        third.signal("TERM");
        EndedProcess left = third.await();
        assertEquals(0, left.exit(), left::toString);
        Waiting.until(() -> runs().size() == TASKS + 2 * WORKERS);
        assertEquals(WORKERS, runsPerNode().get(fourth.pid()), "tasks that did not end in time were handed back");

        Files.write(gate, new byte[0]);
        Waiting.until(() -> "completed".equals(cluster.get(id).ending()));
        checkRows(id, TestCluster.id(fourth));
    }

    /** Checks that every task is committed once, and that every run in the ledger has its row. */
    private void checkRows(String id, String last) throws Exception {
        List<JsonObject> rows =
                cluster.ask(client -> client.outcomes(id, 0, 1_000)).outcomes();
        assertEquals(runs().size(), rows.size());
        Map<String, List<JsonObject>> byState = rows.stream().collect(groupingBy(row -> row.getString("state")));
        List<JsonObject> succeeded = byState.get("succeeded");
        assertEquals(TASKS, succeeded.size());
        assertEquals(
                TASKS,
                succeeded.stream()
                        .map(row -> row.getString("key"))
                        .collect(Collectors.toSet())
                        .size());
        assertEquals(
                WORKERS,
                succeeded.stream()
                        .filter(row -> row.getString("worker").startsWith(last))
                        .count(),
                "rows name the node");
        Set<String> reasons = byState.get("failed").stream()
                .map(row -> row.getJsonObject("error").getString("message"))
                .collect(Collectors.toSet());
        assertEquals(2, reasons.size(), reasons::toString);
        assertTrue(reasons.stream().anyMatch(each -> each.contains("has left the cluster")), reasons::toString);
        assertTrue(reasons.stream().anyMatch(each -> each.contains("told to leave")), reasons::toString);
    }

    private List<String> runs() throws IOException {
        return Files.readAllLines(ledger);
    }

    private Map<Long, Long> runsPerNode() throws IOException {
        return runs().stream().collect(groupingBy(line -> Long.valueOf(line.split(" ")[1]), counting()));
    }
}
