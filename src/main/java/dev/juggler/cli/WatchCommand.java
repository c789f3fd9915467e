package dev.juggler.cli;

import dev.juggler.client.JobClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Follows a job to its end; Ctrl-C leaves it running.",
        footer = {"", "The exit code is the one the local command would have had."})
final class WatchCommand extends ClusterCommand {
    @Parameters(paramLabel = "ID", description = "A job.")
    private String id;

    @Option(names = "--json", description = "Print a line of JSON for each change instead of progress on stderr.")
    private boolean json;

    @Override
    int ask(JobClient client) throws Exception {
        return new Watch(client, id, json).toTheEnd();
    }
}
