package dev.juggler.cli.cluster;

import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** A command that changes what becomes of one job. */
abstract class JobChangeCommand extends ClusterCommand {
    private String id;
    private boolean json;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.argument("ID", String.class, value -> id = value, "The job, as submit has printed it.");
        syntax.flag("--json", on -> json = on, "Print the job's status in JSON.");
    }

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
