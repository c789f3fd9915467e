package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** The command {@code requeue}: requeues the unsuccessful tasks of an ended job. */
public final class RequeueCommand extends JobChangeCommand {
    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Requeues the unsuccessful tasks of an ended job, poison tasks included.");
    }

    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.requeue(id);
    }
}
