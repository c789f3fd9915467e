package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The command {@code submit}: submits a job to a cluster. */
public final class SubmitCommand extends ClusterCommand {
    private final CommandTail tail;
    private final CommandParser parser;
    private String key = UUID.randomUUID().toString();
    private @Nullable String list;
    private int maxInputs = 10_000;
    private @Nullable String credentials;
    private boolean watch;
    private boolean json;
    private boolean dryRun;
    private @Nullable JobRequest request;

    public SubmitCommand(CommandTail tail, CommandParser parser) {
        this.tail = tail;
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Submits a job to a cluster and prints its id.");
        syntax.synopsis("juggler submit [OPTIONS] -- fetch|compute|exec ...");
        syntax.footer(
                "",
                "After -- come the words of the local command; the node has defaults for the rest.",
                "",
                "  juggler submit -- compute sum-squares 5000000..5000019",
                "  juggler submit -- fetch -i urls.txt --model async",
                "  juggler submit --watch -- exec a.txt b.txt -- line-count");
        syntax.value(
                "--key",
                "TEXT",
                String.class,
                value -> key = value,
                "The idempotency key: a second submission under it is the same job. Default: a new key.");
        syntax.value(
                "--list",
                "NAME",
                String.class,
                value -> list = value,
                "Read inputs from this file in the node's folder of lists.");
        syntax.value(
                "--max-inputs",
                "N",
                Integer.class,
                value -> maxInputs = value,
                "Send at most N inputs of lists; the node has a limit of its own. Default: 10000.");
        syntax.value(
                "--credentials",
                "NAME",
                String.class,
                value -> credentials = value,
                "Fetch with the credentials of this name in the node's settings.");
        syntax.flag("--watch", on -> watch = on, "Follow the job to its end, as 'juggler watch' does.");
        syntax.flag("--json", on -> json = on, "Print the status of the job as JSON instead of its id.");
        syntax.flag("--dry-run", on -> dryRun = on, "Print the request without sending it.");
    }

    @Override
    void check() throws Exception {
        List<String> command = tail.command();
        if (command == null || command.isEmpty()) {
            throw CommandFailure.usage(
                    "submit needs -- followed by fetch, compute or exec (see 'juggler submit --help')");
        }
        request = JobSubmission.of(parser, command, key, list, maxInputs, credentials);
    }

    @Override
    boolean needsCluster() {
        if (dryRun) {
            System.out.println(JobSubmission.text(request()));
        }
        return !dryRun;
    }

    private JobRequest request() {
        return Objects.requireNonNull(request, "the command was not checked");
    }

    @Override
    int run(JobClient client) throws Exception {
        JobStatus status = ClusterOptions.await(client.submit(request()));
        if (json) {
            print(status);
        } else {
            System.out.println(status.id());
        }
        return watch ? new JobWatch(client, status.id(), json).followToEnd() : ExitCodes.OK;
    }
}
