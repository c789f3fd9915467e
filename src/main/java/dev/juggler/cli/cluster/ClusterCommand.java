package dev.juggler.cli.cluster;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Cluster;
import java.nio.charset.StandardCharsets;

/** A command for the nodes of a cluster: it joins, sends its requests, and leaves. */
abstract class ClusterCommand implements Command {
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public void declare(OptionSyntax syntax) {
        cluster.declare(syntax);
    }

    /** Checks the arguments before the cluster is joined. */
    void check() throws Exception {}

    /** Returns whether there is anything to request; without, no cluster is joined. */
    boolean needsCluster() {
        return true;
    }

    /** Sends the requests, prints the replies, and returns the exit code. */
    abstract int run(JobClient client) throws Exception;

    @Override
    public final Integer call() throws Exception {
        check();
        if (!needsCluster()) {
            return ExitCodes.OK;
        }
        Cluster joined = cluster.join();
        try {
            return run(JobClient.on(joined.vertx()));
        } finally {
            ClusterOptions.await(joined.leave());
        }
    }

    /** Prints a record on stdout, as one line of JSON. */
    static void print(Object record) {
        System.out.println(new String(StrictJson.write(record), StandardCharsets.UTF_8));
    }
}
