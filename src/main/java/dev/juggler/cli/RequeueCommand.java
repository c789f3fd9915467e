package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** The command {@code requeue}. */
final class RequeueCommand extends JobChangeCommand {
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
