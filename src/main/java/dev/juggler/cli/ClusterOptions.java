package dev.juggler.cli;

import dev.juggler.client.BusTls;
import dev.juggler.client.JobServiceException;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterException;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Option;

/** The options of commands that ask the nodes of a cluster: where it is, and how to join it for the time of a command. */
final class ClusterOptions {
    private static final int DEFAULT_PORT = 5701;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int JOIN_SECONDS = 10;

    @Option(
            names = "--node",
            paramLabel = "HOST[:PORT]",
            description = "A node of the cluster; the first of several that answers. Default: 127.0.0.1:5701.")
    private List<String> nodes = List.of();

    @Option(names = "--cluster-name", paramLabel = "NAME", description = "The cluster's name. Default: juggler.")
    private String name = "juggler";

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "The address of this machine that nodes reply to. Default: 127.0.0.1.")
    private String bind = ClusterSettings.LOOPBACK;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "For an event bus with TLS: the key, in PEM.")
    private Path key;

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "The certificate of that key.")
    private Path certificate;

    @Option(names = "--tls-authority", paramLabel = "FILE", description = "The certificate that signed the nodes'.")
    private Path authority;

    /** Joins; the cluster is to be left at the end. Fails within seconds when there is none. */
    Cluster join() throws InterruptedException {
        try {
            ClusterSettings settings =
                    new ClusterSettings(name, bind, 0, List.of(), Optional.of(reachable()), true, Optional.empty());
            return await(Cluster.join(options(), settings));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private VertxOptions options() {
        VertxOptions options = Vertxes.options().setEventLoopPoolSize(1);
        if (key == null && certificate == null && authority == null) {
            return options;
        }
        if (key == null || certificate == null || authority == null) {
            throw CommandFailure.usage("--tls-key, --tls-certificate and --tls-authority go together");
        }
        return options.setEventBusOptions(new BusTls(key, certificate, authority).eventBus());
    }

    /** The first node that takes a connection: to join without one takes long to fail. */
    private String reachable() {
        List<String> candidates = nodes.isEmpty() ? List.of("127.0.0.1:" + DEFAULT_PORT) : nodes;
        String why = "";
        for (String each : candidates) {
            String node = each.matches(".*:\\d+") ? each : each + ":" + DEFAULT_PORT;
            int colon = node.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                String host = node.substring(0, colon).replaceAll("[\\[\\]]", "");
                socket.connect(
                        new InetSocketAddress(host, Integer.parseInt(node.substring(colon + 1))), CONNECT_MILLIS);
                return node;
            } catch (IOException | IllegalArgumentException e) {
                why = node + ": " + e.getMessage();
            }
        }
        throw CommandFailure.unreachable("no node of the cluster can be reached (" + why
                + "): start one with 'juggler node', or name one with --node HOST:PORT");
    }

    /** The result of something that was asked of the cluster. */
    static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.unreachable("the cluster did not answer within " + JOIN_SECONDS + " seconds");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ClusterException cluster -> CommandFailure.cluster(cluster);
                case JobServiceException refusal
                when refusal.code() == JobServiceException.UNAVAILABLE ->
                    CommandFailure.unreachable(refusal.getMessage());
                default -> CommandFailure.usage(String.valueOf(e.getCause().getMessage()), e.getCause());
            };
        }
    }
}
