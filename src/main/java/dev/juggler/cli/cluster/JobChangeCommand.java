package dev.juggler.cli.cluster;

import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** A command that changes the course of one job. */
abstract class JobChangeCommand extends ClusterCommand {
    private String id = "";
    private boolean json;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.argument("ID", String.class, value -> id = value, "The id of the job, as submit printed it.");
        syntax.flag("--json", on -> json = on, "Print the status of the job as JSON.");
    }

    /** Requests the change; completes with the new status of the job. */
    abstract Future<JobStatus> change(JobClient client, String id);

    @Override
    final int run(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(change(client, id));
        if (json) {
            print(status);
        }
        return ExitCodes.OK;
    }
}
