package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.EventBusTls;
import dev.juggler.client.JobServiceException;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterException;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.engine.Await;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that select a cluster, which a command joins while it runs. */
final class ClusterOptions {
    private static final int DEFAULT_PORT = 5701;
    private static final int LAST_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("([^\\s:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
    private static final int CONNECT_MILLIS = 2_000;
    private static final int JOIN_SECONDS = 10;

    private List<String> nodes = List.of();
    private String name = "juggler";
    private String bind = ClusterSettings.LOOPBACK;
    private @Nullable Path key;
    private @Nullable Path certificate;
    private @Nullable Path authority;

    /** Declares the options. */
    void declare(OptionSyntax syntax) {
        syntax.values(
                "--node",
                "HOST[:PORT]",
                String.class,
                all -> nodes = all,
                "A node of the cluster; of several, the first that answers. Default: 127.0.0.1:5701.");
        syntax.value(
                "--cluster-name",
                "NAME",
                String.class,
                value -> name = value,
                "The name of the cluster. Default: juggler.");
        syntax.value(
                "--bind",
                "ADDRESS",
                String.class,
                value -> bind = value,
                "The address of this machine that nodes reply to. Default: 127.0.0.1.");
        syntax.value(
                "--tls-key",
                "FILE",
                Path.class,
                value -> key = value,
                "The private key for an event bus with TLS, in PEM.");
        syntax.value(
                "--tls-certificate",
                "FILE",
                Path.class,
                value -> certificate = value,
                "The certificate of that key, in PEM.");
        syntax.value(
                "--tls-authority",
                "FILE",
                Path.class,
                value -> authority = value,
                "The certificate that signed those of the nodes, in PEM.");
    }

    /** Joins the cluster, which the caller leaves at the end. Fails within seconds when no node replies. */
    Cluster join() throws InterruptedException {
        try {
            ClusterSettings settings =
                    new ClusterSettings(name, bind, 0, List.of(), Optional.of(reachable()), true, Optional.empty());
            return Await.result(Cluster.join(options(), settings), Duration.ofSeconds(JOIN_SECONDS));
        } catch (TimeoutException e) {
            throw CommandFailure.unreachable("cannot join the cluster within " + JOIN_SECONDS
                    + " seconds: check that the address is a node's and that the cluster is named '" + name
                    + "' (--cluster-name)");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private VertxOptions options() {
        VertxOptions options = CommandVertx.options().setEventLoopPoolSize(1);
        if (key == null && certificate == null && authority == null) {
            return options;
        }
        if (key == null || certificate == null || authority == null) {
            throw CommandFailure.usage("--tls-key, --tls-certificate and --tls-authority must be given together");
        }
        return options.setEventBusOptions(new EventBusTls(key, certificate, authority).eventBus());
    }

    /** Returns the first node that accepts a connection; a join fails only slowly when there is no node. */
    private String reachable() {
        List<String> candidates = nodes.isEmpty() ? List.of("127.0.0.1") : nodes;
        String reason = "";
        for (String node : candidates.stream().map(ClusterOptions::withPort).toList()) {
            int colon = node.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                String host = node.substring(0, colon).replaceAll("[\\[\\]]", "");
                socket.connect(
                        new InetSocketAddress(host, Integer.parseInt(node.substring(colon + 1))), CONNECT_MILLIS);
                return node;
            } catch (UnknownHostException e) {
                reason = node + ": no such host";
            } catch (IOException e) {
                reason = node + ": " + e.getMessage();
            }
        }
        throw CommandFailure.unreachable("cannot reach a node of the cluster (" + reason
                + "); start one with 'juggler node', or name one with --node HOST:PORT");
    }

    private static String withPort(String node) {
        Matcher parts = ADDRESS.matcher(node);
        String port = parts.matches() && parts.group(2) != null ? parts.group(2) : String.valueOf(DEFAULT_PORT);
        if (!parts.matches() || Integer.parseInt(port) > LAST_PORT) {
            throw CommandFailure.usage("--node '" + node + "' is not an address: write HOST or HOST:PORT");
        }
        return parts.group(1) + ":" + port;
    }

    /** Waits for the reply to a request to the cluster. */
    static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return Await.result(future, Duration.ofSeconds(JOIN_SECONDS));
        } catch (TimeoutException e) {
            throw CommandFailure.unreachable("the cluster did not reply within " + JOIN_SECONDS
                    + " seconds; if its event bus uses TLS, give --tls-key, --tls-certificate and"
                    + " --tls-authority");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static CommandFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> CommandFailure.unreachable("the request failed for an unknown reason");
            case ClusterException cluster -> CommandFailure.cluster(cluster);
            case JobServiceException rejection
            when rejection.code() == JobServiceException.UNAVAILABLE ->
                CommandFailure.unreachable(rejection.getMessage());
            default -> CommandFailure.usage(String.valueOf(cause.getMessage()), cause);
        };
    }
}
