package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.client.OutcomePage;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that die in the middle of a job: real processes, killed. Each task notes itself in a file of its own making. */
class TakeoverIT {
    private static final int TASKS = 400;
    private final String name = "it-" + UUID.randomUUID();
    private final List<Running> nodes = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private int port;
    private Cluster joined;
    private JobClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void startThree() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path ledger = folder.resolve("ledger");
        Files.createFile(ledger);
        Files.writeString(folder.resolve("node.json"), """
            {"minimumMembers": 2, "drain": "1s",
             "exec": {"commands": {"note": ["sh", "-c", "sleep 0.06; echo $0 >> %s", "{}"]}}}
            """.formatted(ledger));
        Files.writeString(folder.resolve("cluster.xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>%s</cluster-name>
              <network>
                <port port-count="20">%d</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true"><member-list>
                    <member>127.0.0.1:%d</member><member>127.0.0.1:%d</member><member>127.0.0.1:%d</member>
                  </member-list></tcp-ip>
                </join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
            </hazelcast>
            """.formatted(name, port, port, port + 1, port + 2));
        for (int i = 0; i < 3; i++) {
            startNode("data-" + i);
        }
        join();
    }

    private void join() throws Exception {
        joined = await(Cluster.join(new VertxOptions(), ClusterSettings.joining(name, "127.0.0.1:" + (port + 1))));
        client = JobClient.on(joined.vertx(), Duration.ofSeconds(1));
    }

    private void startNode(String data) throws Exception {
        Running node = Juggler.in(folder)
                .start("node", "--conf", folder.resolve("node.json").toString(), "--data", data);
        nodes.add(node);
        node.err().await("takes jobs");
        String line = node.err().first("takes jobs");
        ids.add(line.replaceAll(".*node (\\S+) at.*", "$1"));
    }

    @AfterEach
    void killAll() throws Exception {
        nodes.forEach(Running::close);
        await(joined.leave());
    }

    @Test
    void aDeadOwnersJobIsTakenOverAndAJobOfNodesThatAllDiedGoesOnFromDisk() throws Exception {
        JobRequest request = JobRequest.of(new Exec(List.of("note")), Inputs.expanded("1.." + TASKS))
                .withModel(ConcurrencyModel.THREADS, 2);
        String id = submit(request).id();
        until(() -> get(id).counts().succeeded() > 20);

        int owner = ids.indexOf(get(id).owner());
        nodes.get(owner).kill();
        long killed = System.nanoTime();
        until(() -> get(id).epoch() == 2);
        System.out.println("taken over after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed) + " ms");
        assertEquals(id, submit(request).id(), "submitted again it is the same job");
        until(() -> get(id).counts().succeeded() > 60);

        // A member that outlives all that hold data knows nobody any more.
        await(joined.leave());
        for (Running node : nodes) {
            node.kill();
        }
        startNode("data-0");
        startNode("data-1");
        startNode("data-2");
        join();
        until(() -> get(id).hasEnded());
        JobStatus done = get(id);
        assertEquals("completed", done.ending(), done::toString);
        assertEquals(TASKS, done.counts().succeeded(), done::toString);
        checkLedger(id);
    }

    /** No task is lost, none is committed twice, and what ran more than once was in flight, or not yet held elsewhere. */
    private void checkLedger(String id) throws Exception {
        List<String> committed = new ArrayList<>();
        OutcomePage page = ask(() -> client.outcomes(id, 0, 1000));
        page.outcomes().stream()
                .filter(row -> row.getString("state").equals("succeeded"))
                .forEach(row -> committed.add(row.getString("key")));
        assertTrue(page.complete());
        assertEquals(TASKS, committed.size());
        assertEquals(TASKS, new HashSet<>(committed).size());
        List<String> ran = Files.readAllLines(folder.resolve("ledger"));
        assertEquals(Set.copyOf(committed), Set.copyOf(ran));
        assertTrue(ran.size() < 2 * TASKS, "ran " + ran.size());
    }

    private JobStatus submit(JobRequest request) throws Exception {
        return ask(() -> client.submit(request));
    }

    private JobStatus get(String id) throws Exception {
        return ask(() -> client.get(id));
    }

    private interface Question<T> {
        Future<T> ask() throws Exception;
    }

    /** Asks again while nobody can answer, as a client in a cluster must. */
    private static <T> T ask(Question<T> question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return await(question.ask());
            } catch (ExecutionException e) {
                boolean passing = e.getCause() instanceof JobServiceException refusal && refusal.code() != 400;
                assertTrue(passing && System.nanoTime() < end, String.valueOf(e.getCause()));
                Thread.sleep(100);
            }
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "waited too long");
            Thread.sleep(20);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
    }
}
