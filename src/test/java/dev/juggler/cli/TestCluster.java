package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.ClusterFile;
import dev.juggler.Waiting;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A cluster for one test on the loopback: settings in a folder, nodes as processes, and a client in this JVM. */
final class TestCluster implements AutoCloseable {
    private final Path folder;
    private final String name = "it-" + UUID.randomUUID();
    private final int port;
    private final Map<String, RunningProcess> nodes = new TreeMap<>();
    private Cluster joined;
    private JobClient client;

    /**
     * Writes {@code node.json} and {@code cluster.xml}.
     *
     * @param settings the settings of the nodes, in JSON
     */
    TestCluster(Path folder, String settings) throws Exception {
        this.folder = folder;
        this.port = freePorts();
        Files.writeString(folder.resolve("node.json"), settings);
        ClusterFile.writeForThree(folder, name, port);
    }

    /** The first of three consecutive free ports. */
    private static int freePorts() throws Exception {
        while (true) {
            int port = free(0);
            if (port > 0 && free(port + 1) > 0 && free(port + 2) > 0) {
                return port;
            }
        }
    }

    /** This port when it is free, or any free port for 0; 0 when there is none. */
    private static int free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.getLocalPort();
        } catch (BindException | IllegalArgumentException e) {
            return 0;
        }
    }

    String name() {
        return name;
    }

    /** The address of the first node, {@code HOST:PORT}. */
    String member() {
        return "127.0.0.1:" + port;
    }

    /** The address of a node that runs. */
    private String runningMember() {
        return nodes.values().stream()
                .filter(node -> !node.ended())
                .map(node -> node.err().first("accepts jobs").replaceAll(".* at (\\S+) accepts.*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    /** The settings file. */
    String settings() {
        return folder.resolve("node.json").toString();
    }

    /** Starts a node with a data folder of this name; returns when it accepts jobs. */
    RunningProcess start(String data) throws Exception {
        RunningProcess node = JugglerProcess.in(folder).start("node", "--conf", settings(), "--data", data);
        RunningProcess before = nodes.put(data, node);
        assertTrue(before == null || before.ended(), "one node at a time uses a data folder");
        node.err().await("accepts jobs");
        return node;
    }

    /** The node with this data folder. */
    RunningProcess node(String data) {
        return nodes.get(data);
    }

    /** The data folder of the node with this id. */
    String folderOf(String id) {
        return nodes.entrySet().stream()
                .filter(node -> id(node.getValue()).equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** The id of a node in the cluster. */
    static String id(RunningProcess node) {
        return node.err().first("accepts jobs").replaceAll(".*node (\\S+) at.*", "$1");
    }

    /** The words of a command for this cluster. */
    String[] words(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--node", member(), "--cluster-name", name));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Runs a command for this cluster to its end. */
    EndedProcess command(String command, String... more) throws Exception {
        return JugglerProcess.in(folder).run(words(command, more));
    }

    /** Makes this JVM a member, for requests. */
    void join() throws Exception {
        joined = await(Cluster.join(new VertxOptions(), ClusterSettings.joining(name, runningMember())));
        client = JobClient.on(joined.vertx(), Duration.ofSeconds(4));
    }

    /**
     * Waits until the cluster consists of this JVM and the running nodes. A member that leaves sooner waits for the
     * dead nodes too: Vert.x deregisters its listener at every member, and Hazelcast repeats that until it has removed
     * the member, which can take longer than {@link #leave} waits when the oldest nodes died together.
     */
    void awaitRemovalOfDeadNodes() throws InterruptedException {
        Waiting.until("the dead nodes are removed from the cluster", () -> {
            long running = nodes.values().stream().filter(node -> !node.ended()).count();
            return joined.nodes().size() == running + 1;
        });
    }

    /** Leaves the cluster; must happen before the last node that holds data dies. */
    void leave() {
        joined.leave()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
        joined = null;
    }

    JobStatus submit(JobRequest request) throws Exception {
        return ask(each -> each.submit(request));
    }

    JobStatus get(String id) throws Exception {
        return ask(each -> each.get(id));
    }

    /** A request to the cluster. */
    interface Request<T> {
        Future<T> send(JobClient client) throws Exception;
    }

    /** Sends a request, and repeats it while no node can answer, as a client in a cluster must. */
    <T> T ask(Request<T> request) throws Exception {
        List<T> answers = new ArrayList<>();
        Waiting.until("the cluster answers", () -> {
            try {
                return answers.add(await(request.send(client)));
            } catch (ExecutionException e) {
                boolean isTransient = e.getCause() instanceof JobServiceException rejection && rejection.code() != 400;
                assertTrue(isTransient, String.valueOf(e.getCause()));
                return false;
            }
        });
        return answers.getLast();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
    }

    /** Leaves the cluster and then kills the nodes: to leave among dead nodes takes as long as their removal. */
    @Override
    public void close() {
        try {
            if (joined != null) {
                leave();
            }
        } finally {
            nodes.values().forEach(RunningProcess::close);
        }
    }
}
