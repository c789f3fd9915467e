package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.OutcomePage;

/** The command {@code outcomes}. */
public final class OutcomesCommand extends ClusterCommand {
    private static final int PAGE = 500;
    private static final long WAIT_MILLIS = 500;

    private String id;
    private boolean follow;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Prints the outcomes of a job, a row of JSON for each attempt.");
        syntax.argument("ID", String.class, value -> id = value, "A job.");
        syntax.flag("--follow", on -> follow = on, "Go on until the job has ended.");
    }

    @Override
    int ask(JobClient client) throws Exception {
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
                Thread.sleep(WAIT_MILLIS);
            }
            page = ClusterOptions.await(client.outcomes(id, page.next(), PAGE));
        }
    }
}
