package dev.juggler.cli.cluster;

import dev.juggler.process.SignalHandlers;
import dev.juggler.boot.InstallFolder;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cluster.ClusterException;
import dev.juggler.engine.Await;
import dev.juggler.node.Node;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** The command {@code node}. */
public final class NodeCommand implements Command {
    private Path conf;
    private Path data;

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe("Joins a cluster, takes jobs over the event bus, and stays until it is told to leave.");
        syntax.footer(
                "",
                "TERM or Ctrl-C: takes no more jobs, lets running tasks end, leaves; jobs go on at the next start.",
                "",
                "  juggler node",
                "  juggler node --data /var/lib/juggler --conf /etc/juggler/node.json");
        syntax.value("--conf", "FILE", Path.class, value -> conf = value, "Its settings. Default: conf/node.json.");
        syntax.value(
                "--data",
                "DIR",
                Path.class,
                value -> data = value,
                "The folder of its jobs. Default: as the settings say.");
    }

    @Override
    public Integer call() throws InterruptedException {
        Node node = start();
        CountDownLatch told = new CountDownLatch(1);
        for (String signal : List.of("HUP", "INT", "TERM")) {
            SignalHandlers.handle(signal, () -> leave(told));
        }
        CommandErrors.tell(
                "node " + node.id() + " at " + node.address() + " takes jobs. Whoever reaches that port and knows the"
                        + " cluster's name can join it: Hazelcast Community has no passwords and no encryption"
                        + (node.hasTls()
                                ? ""
                                : "; and the event bus takes messages from every program that reaches it, since 'tls'"
                                        + " is not set"));
        told.await();
        CommandErrors.tell("leaving: running tasks are given time to end; again to leave at once");
        await(node.leave());
        return ExitCodes.OK;
    }

    /** The second signal leaves at once; the journals are in order all the same. */
    private static void leave(CountDownLatch told) {
        if (told.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCodes.TASKS_FAILED);
        }
        told.countDown();
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
            throw e.getCause() instanceof ClusterException cluster
                    ? CommandFailure.cluster(cluster)
                    : CommandFailure.output(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }
}
