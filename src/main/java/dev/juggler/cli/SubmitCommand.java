package dev.juggler.cli;

import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "submit",
        description = "Gives a job to a cluster and prints its id.",
        customSynopsis = "juggler submit [OPTIONS] -- fetch|compute|exec ...",
        footer = {
            "",
            "After -- come the words of the local command; what they do not say, the node decides.",
            "",
            "  juggler submit -- compute sum-squares 5000000..5000019",
            "  juggler submit -- fetch -i urls.txt --model async",
            "  juggler submit --watch -- exec a.txt b.txt -- line-count"
        })
final class SubmitCommand extends ClusterCommand {
    @ParentCommand
    private JugglerCommand juggler;

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description =
                    "The name of this submission: submitted again under it, it is the same job. Default: a new one.")
    private String key = UUID.randomUUID().toString();

    @Option(names = "--list", paramLabel = "NAME", description = "Inputs from a list in the node's folder of lists.")
    private String list;

    @Option(
            names = "--max-inputs",
            paramLabel = "N",
            description = "The most inputs of lists that are sent; the node has its own limit. Default: 10000.")
    private int most = 10_000;

    @Option(
            names = "--credentials",
            paramLabel = "NAME",
            description = "Fetch with what the node's settings have under this name.")
    private String credentials;

    @Option(names = "--watch", description = "Stay until the job has ended, as 'juggler watch' does.")
    private boolean watch;

    @Option(names = "--json", description = "Print the job's status in JSON instead of its id.")
    private boolean json;

    @Option(names = "--dry-run", description = "Print the request that would be sent, and send nothing.")
    private boolean dryRun;

    private JobRequest request;

    @Override
    void check() throws Exception {
        if (juggler.tail().command() == null || juggler.tail().command().isEmpty()) {
            throw CommandFailure.usage("submit needs -- and then fetch, compute or exec (see 'juggler submit --help')");
        }
        request = Submission.of(juggler.tail().command(), key, list, most, credentials);
    }

    @Override
    boolean asks() {
        if (dryRun) {
            System.out.println(Submission.text(request));
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
        return watch ? new Watch(client, status.id(), json).toTheEnd() : ExitCodes.OK;
    }
}
