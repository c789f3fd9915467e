package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import java.util.UUID;

/** The command {@code submit}. */
public final class SubmitCommand extends ClusterCommand {
    private final CommandTail tail;
    private final CommandParser parser;
    private String key = UUID.randomUUID().toString();
    private String list;
    private int most = 10_000;
    private String credentials;
    private boolean watch;
    private boolean json;
    private boolean dryRun;

    public SubmitCommand(CommandTail tail, CommandParser parser) {
        this.tail = tail;
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Gives a job to a cluster and prints its id.");
        syntax.synopsis("juggler submit [OPTIONS] -- fetch|compute|exec ...");
        syntax.footer(
                "",
                "After -- come the words of the local command; what they do not say, the node decides.",
                "",
                "  juggler submit -- compute sum-squares 5000000..5000019",
                "  juggler submit -- fetch -i urls.txt --model async",
                "  juggler submit --watch -- exec a.txt b.txt -- line-count");
        syntax.value(
                "--key",
                "TEXT",
                String.class,
                value -> key = value,
                "The name of this submission: submitted again under it, it is the same job. Default: a new one.");
        syntax.value(
                "--list",
                "NAME",
                String.class,
                value -> list = value,
                "Inputs from a list in the node's folder of lists.");
        syntax.value(
                "--max-inputs",
                "N",
                Integer.class,
                value -> most = value,
                "The most inputs of lists that are sent; the node has its own limit. Default: 10000.");
        syntax.value(
                "--credentials",
                "NAME",
                String.class,
                value -> credentials = value,
                "Fetch with what the node's settings have under this name.");
        syntax.flag("--watch", on -> watch = on, "Stay until the job has ended, as 'juggler watch' does.");
        syntax.flag("--json", on -> json = on, "Print the job's status in JSON instead of its id.");
        syntax.flag("--dry-run", on -> dryRun = on, "Print the request that would be sent, and send nothing.");
    }

    private JobRequest request;

    @Override
    void check() throws Exception {
        if (tail.command() == null || tail.command().isEmpty()) {
            throw CommandFailure.usage("submit needs -- and then fetch, compute or exec (see 'juggler submit --help')");
        }
        request = JobSubmission.of(parser, tail.command(), key, list, most, credentials);
    }

    @Override
    boolean asks() {
        if (dryRun) {
            System.out.println(JobSubmission.text(request));
        }
        return !dryRun;
    }

    @Override
    int ask(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(client.submit(request));
        if (json) {
            print(status);
        } else {
            System.out.println(status.id());
        }
        return watch ? new JobWatch(client, status.id(), json).toTheEnd() : ExitCodes.OK;
    }
}
