package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.run.FetchCommand;
import dev.juggler.cli.run.JobCommand;
import dev.juggler.cli.run.RunOptions;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobRequest.RequestedWork;
import dev.juggler.client.StrictJson;
import dev.juggler.job.Task;
import dev.juggler.job.WorkKind;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.option.FetchOption;
import dev.juggler.option.FetchOption.Part;
import dev.juggler.option.FetchOption.Spelling;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.source.ListFormat;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.compute.ComputeWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/**
 * Turns a {@code fetch}, {@code compute} or {@code exec} of the command line into a request to a node. Omitted options
 * are left to the node, whatever the settings of this machine; options that only this machine could obey are rejected.
 */
final class JobSubmission {
    /** Options on inputs, which are read here and sent. */
    private static final Set<String> INPUT_OPTIONS = Set.of("--input", "--null", "--literal");

    private static final String NODE_DECIDES = "the node that does the work decides this";
    private static final int PAGE = 1_000;

    private final CommandTail tail;
    private final ParseResult parsed;
    private final List<Object> items = new ArrayList<>();
    private final List<String> expand = new ArrayList<>();

    private JobSubmission(CommandTail tail, ParseResult parsed) {
        this.tail = tail;
        this.parsed = parsed;
    }

    /**
     * Creates the request for a command.
     *
     * @param parser parses the command
     * @param words a command with its options, as on the command line
     * @param key the key of the request
     * @param list a list of inputs that the node has, or null
     * @param maxInputs the maximum number of inputs sent from lists of this machine
     * @param credentials the node's name for the credentials to use, or null
     * @throws CommandFailure when the command cannot be submitted
     */
    static JobRequest of(
            CommandParser parser,
            List<String> words,
            String key,
            @Nullable String list,
            int maxInputs,
            @Nullable String credentials)
            throws IOException {
        CommandTail tail = CommandTail.split(words.toArray(String[]::new));
        ParseResult parsed = parser.parserFor(tail).parseArgs(tail.own()).subcommand();
        if (parsed == null || !(parsed.commandSpec().userObject() instanceof JobCommand command)) {
            throw CommandFailure.usage("after -- comes fetch, compute or exec, with options and inputs");
        }
        try {
            return new JobSubmission(tail, parsed).request(command, key, list, maxInputs, credentials);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private JobRequest request(
            JobCommand command, String key, @Nullable String list, int maxInputs, @Nullable String credentials)
            throws IOException {
        parsed.matchedOptions().forEach(option -> checkOption(option.longestName()));
        FetchOptionValues options = options(command);
        RequestedWork work = switch (WorkKind.named(parsed.commandSpec().name())) {
            case FETCH -> fetch(options, credentials);
            case COMPUTE -> compute();
            case EXEC -> exec();
        };
        readLists(maxInputs);
        JobRequest.Builder request =
                JobRequest.builder(work, inputs(list, options)).key(key);
        command.run().addTo(request);
        return request.build();
    }

    private static void checkOption(String name) {
        Optional<FetchOption<?>> option = FetchOptions.all().stream()
                .filter(each ->
                        each.spellings().stream().map(Spelling::longName).anyMatch(name::equals))
                .findFirst();
        boolean sent = option.isPresent()
                ? option.get().refusal().isEmpty()
                : RunOptions.requestable().contains(name) || INPUT_OPTIONS.contains(name);
        if (!sent) {
            throw CommandFailure.usage(name + " is not for jobs of a cluster: "
                    + option.flatMap(FetchOption::refusal).orElse(NODE_DECIDES));
        }
    }

    /** Returns the options of fetch on the command line itself; none for other commands. */
    private FetchOptionValues options(JobCommand command) {
        return command instanceof FetchCommand fetch
                ? fetch.options(spelling -> parsed.hasMatchedOption(spelling.longName()))
                : FetchOptionValues.NONE;
    }

    private RequestedWork fetch(FetchOptionValues options, @Nullable String credentials) {
        addArguments(positionals());
        FetchOptionValues values = options.of(JobRequest.Fetch.PARTS);
        return new JobRequest.Fetch(credentials == null ? values : values.with(FetchOptions.CREDENTIALS, credentials));
    }

    private RequestedWork compute() {
        List<String> words = positionals();
        ComputeSpec spec = ComputeWork.spec(words.getFirst(), List.of());
        addArguments(words.subList(1, words.size()));
        return new JobRequest.Compute(words.getFirst(), spec.source().orElse(null));
    }

    private RequestedWork exec() {
        List<String> command = tail.command();
        if (command == null || command.isEmpty()) {
            throw CommandFailure.usage("exec needs a second -- and then a command that the node allows, or its name");
        }
        addArguments(positionals());
        return new JobRequest.Exec(command);
    }

    private List<String> positionals() {
        // Picocli lists a parameter of several words once for each of them.
        return parsed.matchedPositionals().stream()
                .distinct()
                .map(ArgSpec::stringValues)
                .flatMap(List::stream)
                .toList();
    }

    private void addArguments(List<String> arguments) {
        if (parsed.hasMatchedOption("--literal")) {
            items.addAll(arguments);
        } else {
            expand.addAll(arguments);
        }
    }

    /** Reads the lists of this machine, since no node has them. */
    private void readLists(int maxInputs) throws IOException {
        if (!parsed.hasMatchedOption("--input")) {
            return;
        }
        ListFormat format = parsed.hasMatchedOption("--null") ? ListFormat.NUL : ListFormat.LINES;
        for (String name : parsed.matchedOption("--input").stringValues()) {
            try (Source list =
                    name.equals("-") ? Sources.list(System.in, format) : Sources.list(Path.of(name), format)) {
                readList(list, name, maxInputs);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(e.getMessage(), e);
            } catch (IOException e) {
                throw CommandFailure.usage(e.getMessage(), e);
            }
        }
    }

    private void readList(Source list, String name, int maxInputs) throws IOException {
        List<Task> page = list.next(PAGE);
        while (!page.isEmpty()) {
            page.forEach(task -> items.add(task.key()));
            if (items.size() > maxInputs) {
                throw CommandFailure.usage("list " + name + " has more than " + maxInputs
                        + " inputs, too many for a message; put it into the node's folder of lists, and use --list");
            }
            page = list.next(PAGE);
        }
    }

    private Inputs inputs(@Nullable String list, FetchOptionValues options) {
        FetchOptionValues api = options.of(List.of(Part.API));
        if (items.isEmpty() && expand.isEmpty() && list == null && api.isEmpty()) {
            throw CommandFailure.usage(
                    "no inputs: give some as arguments, a list with -i FILE, or the node's with --list");
        }
        return new Inputs(
                items.isEmpty() ? null : items, expand.isEmpty() ? null : expand, list, api.isEmpty() ? null : api);
    }

    /** Returns a request as JSON, for people. */
    static String text(JobRequest request) {
        return new String(StrictJson.write(request), StandardCharsets.UTF_8);
    }
}
