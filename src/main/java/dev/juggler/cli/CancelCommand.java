package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Ends a job: what is running is ended, what has not begun is not begun.")
final class CancelCommand extends ClusterCommand {
    @Parameters(paramLabel = "ID", description = "A job.")
    private String id;

    @Option(names = "--json", description = "Print the job's status in JSON.")
    private boolean json;

    @Override
    int ask(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(client.cancel(id));
        if (json) {
            print(status);
        }
        return ExitCodes.OK;
    }
}
