package dev.juggler.cli.cluster;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import io.vertx.core.Future;

/** The command {@code cancel}. */
public final class CancelCommand extends JobChangeCommand {
    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Ends a job: what is running is ended, what has not begun is not begun.");
    }

    @Override
    Future<JobStatus> change(JobClient client, String id) {
        return client.cancel(id);
    }
}
