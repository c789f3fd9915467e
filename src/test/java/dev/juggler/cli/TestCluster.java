package dev.juggler.cli;

import static dev.juggler.Waiting.await;
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

/** A test's own cluster on the loopback interface: settings in a folder, nodes as processes, and a client. */
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
     * @param settings of the nodes, in JSON
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

    /** The given port, or any free one for 0; 0 if the port is in use or none is free. */
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

    /** The address at which members find the cluster. */
    String member() {
        return "127.0.0.1:" + port;
    }

    /** The address of a running node. */
    private String meeting() {
        return nodes.values().stream()
                .filter(node -> !node.ended())
                .map(node -> node.err().first("takes jobs").replaceAll(".* at (\\S+) takes.*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    /** The settings file. */
    String settings() {
        return folder.resolve("node.json").toString();
    }

    /** Starts a node with a data folder of this name and waits until it accepts jobs. */
    RunningProcess start(String data) throws Exception {
        RunningProcess node = JugglerProcess.in(folder).start("node", "--conf", settings(), "--data", data);
        RunningProcess before = nodes.put(data, node);
        assertTrue(before == null || before.ended(), "one node at a time has a data folder");
        node.err().await("takes jobs");
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

    /** The node's id in the cluster. */
    static String id(RunningProcess node) {
        return node.err().first("takes jobs").replaceAll(".*node (\\S+) at.*", "$1");
    }

    /** The arguments of a command, with the options to reach this cluster. */
    String[] words(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--node", member(), "--cluster-name", name));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Runs a command against this cluster. */
    EndedProcess command(String command, String... more) throws Exception {
        return JugglerProcess.in(folder).run(words(command, more));
    }

    /** Joins the cluster from this JVM, for {@link #ask}. */
    void join() throws Exception {
        joined = await(Cluster.join(new VertxOptions(), ClusterSettings.joining(name, meeting())));
        client = JobClient.on(joined.vertx(), Duration.ofSeconds(4));
    }

    /** Leaves the cluster: a member that outlives all data nodes cannot reach new ones. */
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
    interface Question<T> {
        Future<T> of(JobClient client) throws Exception;
    }

    /** Sends a request, and retries while no node can answer, as a client of a cluster must. */
    <T> T ask(Question<T> question) throws Exception {
        List<T> answers = new ArrayList<>();
        Waiting.until("the cluster answers", () -> {
            try {
                return answers.add(await(question.of(client)));
            } catch (ExecutionException e) {
                boolean passing = e.getCause() instanceof JobServiceException refusal && refusal.code() != 400;
                assertTrue(passing, String.valueOf(e.getCause()));
                return false;
            }
        });
        return answers.getLast();
    }

    @Override
    public void close() {
        nodes.values().forEach(RunningProcess::close);
        if (joined != null) {
            leave();
        }
    }
}
