package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;

/** The command {@code watch}: follows a job to its end. */
public final class WatchCommand extends ClusterCommand {
    private String id = "";
    private boolean json;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Follows a job to its end; Ctrl-C leaves it running.");
        syntax.footer("", "The exit code is that of the corresponding local command.");
        syntax.argument("ID", String.class, value -> id = value, "The id of the job.");
        syntax.flag("--json", on -> json = on, "Print each change as a line of JSON instead of progress on stderr.");
    }

    @Override
    int run(JobClient client) throws Exception {
        return new JobWatch(client, id, json).followToEnd();
    }
}
