package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "requeue",
        description = "Has a job that has ended tried again: the tasks that did not succeed, poison among them.")
final class RequeueCommand extends ClusterCommand {
    @Parameters(paramLabel = "ID", description = "A job that has ended.")
    private String id;

    @Option(names = "--json", description = "Print the job's status in JSON.")
    private boolean json;

    @Override
    int ask(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(client.requeue(id));
        if (json) {
            print(status);
        }
        return ExitCodes.OK;
    }
}
