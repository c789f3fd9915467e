package dev.juggler.cli.cluster;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Cluster;
import java.nio.charset.StandardCharsets;

/** A command that asks the nodes of a cluster: joins, asks, leaves. */
abstract class ClusterCommand implements Command {
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public void declare(OptionSyntax syntax) {
        cluster.declare(syntax);
    }

    /** Checks what can be checked without a cluster. */
    void check() throws Exception {}

    /** Whether there is anything to ask. */
    boolean asks() {
        return true;
    }

    /** Asks, prints, and gives the exit code. */
    abstract int ask(JobClient client) throws Exception;

    @Override
    public final Integer call() throws Exception {
        check();
        if (!asks()) {
            return ExitCodes.OK;
        }
        Cluster joined = cluster.join();
        try {
            return ask(JobClient.on(joined.vertx()));
        } finally {
            ClusterOptions.await(joined.leave());
        }
    }

    static void print(Object record) {
        System.out.println(new String(StrictJson.write(record), StandardCharsets.UTF_8));
    }
}
