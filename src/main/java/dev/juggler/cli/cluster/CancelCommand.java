package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** The command {@code cancel}: cancels a job. */
public final class CancelCommand extends JobChangeCommand {
    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Cancels a job: its running tasks are cancelled, and no others start.");
    }

    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.cancel(id);
    }
}
