package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;

/** The command {@code watch}. */
public final class WatchCommand extends ClusterCommand {
    private String id;
    private boolean json;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Follows a job to its end; Ctrl-C leaves it running.");
        syntax.footer("", "The exit code is the one the local command would have had.");
        syntax.argument("ID", String.class, value -> id = value, "A job.");
        syntax.flag("--json", on -> json = on, "Print a line of JSON for each change instead of progress on stderr.");
    }

    @Override
    int ask(JobClient client) throws Exception {
        return new JobWatch(client, id, json).toTheEnd();
    }
}
