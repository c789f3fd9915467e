package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes what becomes of one job. */
abstract class JobChangeCommand extends ClusterCommand {
    @Parameters(paramLabel = "ID", description = "The job, as submit has printed it.")
    private String id;

    @Option(names = "--json", description = "Print the job's status in JSON.")
    private boolean json;

    abstract Future<JobStatus> change(JobClient client, String id);

    @Override
    final int ask(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(change(client, id));
        if (json) {
            print(status);
        }
        return ExitCodes.OK;
    }
}
