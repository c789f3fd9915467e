package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;
import picocli.CommandLine.Command;

@Command(name = "cancel", description = "Ends a job: what is running is ended, what has not begun is not begun.")
final class CancelCommand extends JobChangeCommand {
    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.cancel(id);
    }
}
