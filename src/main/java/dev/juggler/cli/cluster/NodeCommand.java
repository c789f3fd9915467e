package dev.juggler.cli.cluster;

import dev.juggler.boot.InstallFolder;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cluster.ClusterException;
import dev.juggler.engine.Await;
import dev.juggler.node.Node;
import dev.juggler.process.SignalHandlers;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The command {@code node}: runs a node of a cluster until a signal. */
public final class NodeCommand implements Command {
    private @Nullable Path conf;
    private @Nullable Path data;

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe("Joins a cluster, accepts jobs over the event bus, and stays until a signal.");
        syntax.footer(
                "",
                "TERM or Ctrl-C: accepts no more jobs, lets running tasks end, and leaves; the next start resumes its"
                        + " jobs.",
                "",
                "  juggler node",
                "  juggler node --data /var/lib/juggler --conf /etc/juggler/node.json");
        syntax.value(
                "--conf",
                "FILE",
                Path.class,
                value -> conf = value,
                "The settings of the node. Default: conf/node.json.");
        syntax.value(
                "--data",
                "DIR",
                Path.class,
                value -> data = value,
                "The folder of its jobs. Default: that of the settings.");
    }

    @Override
    public Integer call() throws InterruptedException {
        Node node = start();
        CountDownLatch signalled = new CountDownLatch(1);
        for (String signal : List.of("HUP", "INT", "TERM")) {
            SignalHandlers.handle(signal, () -> leave(signalled));
        }
        CommandErrors.tell("node " + node.id() + " at " + node.address()
                + " accepts jobs. Anyone who reaches that port and knows the"
                + " cluster's name can join it: Hazelcast Community has no passwords and no encryption"
                + (node.hasTls()
                        ? ""
                        : "; and the event bus accepts messages from every program that reaches it, since 'tls'"
                                + " is not set"));
        signalled.await();
        CommandErrors.tell("leaving: waiting for running tasks to end; signal again to leave at once");
        await(node.leave());
        return ExitCodes.OK;
    }

    /** Leaves, or exits at once at the second signal, which keeps the journals consistent. */
    private static void leave(CountDownLatch signalled) {
        if (signalled.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCodes.TASKS_FAILED);
        }
        signalled.countDown();
    }

    private Node start() throws InterruptedException {
        Path settings = conf == null ? InstallFolder.folder().resolve("conf").resolve("node.json") : conf;
        try {
            return await(Node.start(settings, Optional.ofNullable(data)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.output(e.getMessage(), e);
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return Await.result(future);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof ClusterException cluster
                    ? CommandFailure.cluster(cluster)
                    : CommandFailure.output(cause == null ? null : cause.getMessage(), cause);
        }
    }
}
