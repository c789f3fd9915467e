package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** The command {@code requeue}. */
public final class RequeueCommand extends JobChangeCommand {
    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Has a job that has ended tried again: the tasks that did not succeed, poison among them.");
    }

    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.requeue(id);
    }
}
