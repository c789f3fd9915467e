package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.OutcomePage;

/** The command {@code outcomes}: prints the outcomes of a job. */
public final class OutcomesCommand extends ClusterCommand {
    private static final int PAGE = 500;
    private static final long POLL_MILLIS = 500;

    private String id = "";
    private boolean follow;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Prints the outcomes of a job: one row of JSON for each attempt.");
        syntax.argument("ID", String.class, value -> id = value, "The id of the job.");
        syntax.flag("--follow", on -> follow = on, "Keep printing until the job has ended.");
    }

    @Override
    int run(JobClient client) throws Exception {
        OutcomePage page = ClusterOptions.await(client.outcomes(id, 0, PAGE));
        while (true) {
            page.outcomes().forEach(row -> System.out.println(row.encode()));
            if (System.out.checkError()) {
                throw CommandFailure.output("cannot write to standard output", null);
            }
            boolean caughtUp = page.outcomes().isEmpty();
            if (page.complete() || (caughtUp && !follow)) {
                return ExitCodes.OK;
            }
            if (caughtUp) {
                Thread.sleep(POLL_MILLIS);
            }
            page = ClusterOptions.await(client.outcomes(id, page.next(), PAGE));
        }
    }
}
