package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;
import picocli.CommandLine.Command;

@Command(
        name = "requeue",
        description = "Has a job that has ended tried again: the tasks that did not succeed, poison among them.")
final class RequeueCommand extends JobChangeCommand {
    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.requeue(id);
    }
}
