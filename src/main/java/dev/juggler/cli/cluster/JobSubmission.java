package dev.juggler.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.run.JobCommand;
import dev.juggler.client.JobRequest;
import dev.juggler.client.StrictJson;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.source.ListFormat;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.compute.ComputeWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The words of {@code fetch}, {@code compute} or {@code exec} made into a request to a node. What is not said is left to
 * the node; what a node could not know, since it is of this machine, is refused.
 */
final class JobSubmission {
    /** Options and the members of a request that they become. */
    private static final Map<String, String> MEMBERS = Map.of(
            "--model", "model",
            "--concurrency", "concurrency",
            "--chunk", "chunk",
            "--retries", "retries",
            "--timeout", "timeout",
            "--deadline", "deadline",
            "--halt", "halt",
            "--rate", "rate");

    private static final Map<String, String> FETCH_MEMBERS = Map.of(
            "--method", "method",
            "--data", "body",
            "--output-dir", "output",
            "--max-redirects", "maxRedirects",
            "--per-host", "perHost");

    private static final Map<String, String> TRANSFER_MEMBERS = Map.ofEntries(
            Map.entry("--per-host-rate", "perHostRate"),
            Map.entry("--max-pause", "maxPause"),
            Map.entry("--max-size", "maxSize"),
            Map.entry("--idle-timeout", "idleTimeout"),
            Map.entry("--min-rate", "minRate"),
            Map.entry("--bandwidth", "bandwidth"),
            Map.entry("--compressed", "compressed"),
            Map.entry("--max-ratio", "maxRatio"),
            Map.entry("--segments", "segments"),
            Map.entry("--allow-downgrade", "allowDowngrade"),
            Map.entry("--insecure", "insecure"));

    private static final Map<String, String> SAVING_MEMBERS = Map.of(
            "--output-template", "template",
            "--server-names", "serverNames",
            "--continue", "resume",
            "--checksum", "checksum",
            "--fsync", "fsync");

    private static final Map<String, String> API_MEMBERS =
            Map.of("--from", "url", "--select", "select", "--next", "next", "--max-pages", "maxPages");

    private static final Set<String> NUMBERS =
            Set.of("concurrency", "retries", "maxRedirects", "perHost", "maxRatio", "segments", "maxPages");

    private static final Set<String> OTHERS =
            Set.of("--header", "--input", "--null", "--literal", "--no-cookies", "--skip-existing", "--newer");

    private static final Set<String> KNOWN = Stream.of(
                    MEMBERS.keySet(),
                    FETCH_MEMBERS.keySet(),
                    TRANSFER_MEMBERS.keySet(),
                    SAVING_MEMBERS.keySet(),
                    API_MEMBERS.keySet(),
                    OTHERS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Options on who asks: what is secret goes over no bus. */
    private static final Set<String> SECRET =
            Set.of("--user", "--netrc", "--netrc-file", "--env-file", "--cookie-jar", "--cacert", "--cert", "--key");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PAGE = 1_000;

    private final CommandTail tail;
    private final ParseResult parsed;
    private final ObjectNode request = MAPPER.createObjectNode();
    private final ArrayNode items = MAPPER.createArrayNode();
    private final ArrayNode expand = MAPPER.createArrayNode();

    private final String credentials;

    private JobSubmission(CommandTail tail, ParseResult parsed, String credentials) {
        this.tail = tail;
        this.parsed = parsed;
        this.credentials = credentials;
    }

    /**
     * The request that these words make.
     *
     * @param parser reads the words
     * @param words a command with its options, as at the command line
     * @param list a list of inputs that the node has, or null
     * @param most how many inputs of lists of this machine are sent
     * @param credentials the node's name for as whom servers are asked, or null
     */
    static JobRequest of(
            CommandParser parser, List<String> words, String key, String list, int most, String credentials)
            throws IOException {
        CommandTail tail = CommandTail.split(words.toArray(String[]::new));
        ParseResult parsed = parser.parserFor(tail).parseArgs(tail.own()).subcommand();
        if (parsed == null || !(parsed.commandSpec().userObject() instanceof JobCommand)) {
            throw CommandFailure.usage("after -- comes fetch, compute or exec, with options and inputs");
        }
        return new JobSubmission(tail, parsed, credentials).request(key, list, most);
    }

    private JobRequest request(String key, String list, int most) throws IOException {
        checkOptions();
        request.put("key", key);
        MEMBERS.forEach((option, member) -> put(request, option, member));
        ObjectNode work = request.putObject("work");
        work.put("kind", parsed.commandSpec().name());
        switch (parsed.commandSpec().name()) {
            case "fetch" -> fetch(work);
            case "compute" -> compute(work);
            default -> exec(work);
        }
        readLists(most);
        putInputs(list);
        try {
            return StrictJson.read(MAPPER.writeValueAsBytes(request), JobRequest.class);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private void checkOptions() {
        for (OptionSpec option : parsed.matchedOptions()) {
            String name = option.longestName();
            if (SECRET.contains(name)) {
                throw CommandFailure.usage(name
                        + " is not for jobs of a cluster: use --credentials NAME, which the node's settings explain");
            }
            if (!KNOWN.contains(name)) {
                throw CommandFailure.usage(
                        name + " is not for jobs of a cluster: the node that does the work says how");
            }
        }
    }

    private void put(ObjectNode into, String option, String member) {
        if (!parsed.hasMatchedOption(option)) {
            return;
        }
        OptionSpec matched = parsed.matchedOption(option);
        String text = matched.stringValues().getLast();
        if (matched.arity().max() == 0) {
            into.put(member, matched.<Boolean>getValue());
        } else if (NUMBERS.contains(member)) {
            into.put(member, Integer.parseInt(text));
        } else {
            into.put(member, text);
        }
    }

    private void fetch(ObjectNode work) {
        FETCH_MEMBERS.forEach((option, member) -> put(work, option, member));
        if (parsed.hasMatchedOption("--header")) {
            ObjectNode headers = work.putObject("headers");
            for (String header : parsed.matchedOption("--header").stringValues()) {
                int colon = header.indexOf(':');
                if (colon < 1) {
                    throw CommandFailure.usage("--header '" + header + "' has no name: write 'NAME: VALUE'");
                }
                headers.put(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip());
            }
        }
        if (credentials != null) {
            work.put("credentials", credentials);
        }
        putPart(work, "transfer", transfer());
        putPart(work, "saving", saving());
        addArguments(positionals());
    }

    private ObjectNode transfer() {
        ObjectNode transfer = part(TRANSFER_MEMBERS);
        return parsed.hasMatchedOption("--no-cookies") ? transfer.put("cookies", false) : transfer;
    }

    private ObjectNode saving() {
        ObjectNode saving = part(SAVING_MEMBERS);
        if (parsed.hasMatchedOption("--skip-existing")) {
            saving.put("existing", "skip");
        }
        return parsed.hasMatchedOption("--newer") ? saving.put("existing", "newer") : saving;
    }

    private ObjectNode part(Map<String, String> members) {
        ObjectNode part = MAPPER.createObjectNode();
        members.forEach((option, member) -> put(part, option, member));
        return part;
    }

    private static void putPart(ObjectNode into, String name, ObjectNode part) {
        if (!part.isEmpty()) {
            into.set(name, part);
        }
    }

    private void compute(ObjectNode work) {
        List<String> words = positionals();
        ComputeSpec spec = ComputeWork.spec(words.getFirst(), List.of());
        work.put("function", words.getFirst());
        spec.source().ifPresent(source -> work.put("source", source));
        addArguments(words.subList(1, words.size()));
    }

    private void exec(ObjectNode work) {
        if (tail.command() == null || tail.command().isEmpty()) {
            throw CommandFailure.usage("exec needs a second -- and then a command that the node allows, or its name");
        }
        tail.command().forEach(work.putArray("command")::add);
        addArguments(positionals());
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
        arguments.forEach(parsed.hasMatchedOption("--literal") ? items::add : expand::add);
    }

    /** The lists of this machine, read here, since no node has them. */
    private void readLists(int most) throws IOException {
        if (!parsed.hasMatchedOption("--input")) {
            return;
        }
        ListFormat format = parsed.hasMatchedOption("--null") ? ListFormat.NUL : ListFormat.LINES;
        for (String name : parsed.matchedOption("--input").stringValues()) {
            try (Source list =
                    name.equals("-") ? Sources.list(System.in, format) : Sources.list(Path.of(name), format)) {
                readList(list, name, most);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(e.getMessage(), e);
            } catch (IOException e) {
                throw CommandFailure.usage(e.getMessage(), e);
            }
        }
    }

    private void readList(Source list, String name, int most) throws IOException {
        List<Task> page = list.next(PAGE);
        while (!page.isEmpty()) {
            page.forEach(task -> items.add(task.key()));
            if (items.size() > most) {
                throw CommandFailure.usage("list " + name + " has more than " + most
                        + " inputs, too many for a message: put it into the node's folder of lists, and use --list");
            }
            page = list.next(PAGE);
        }
    }

    private void putInputs(String list) {
        ObjectNode inputs = request.putObject("inputs");
        if (!items.isEmpty()) {
            inputs.set("items", items);
        }
        if (!expand.isEmpty()) {
            inputs.set("expand", expand);
        }
        if (list != null) {
            inputs.put("list", list);
        }
        putPart(inputs, "from", part(API_MEMBERS));
        if (inputs.isEmpty()) {
            throw CommandFailure.usage(
                    "no inputs: give some as arguments, a list with -i FILE, or the node's with --list");
        }
    }

    /** For a message. */
    static String text(JobRequest request) {
        return new String(StrictJson.write(request), StandardCharsets.UTF_8);
    }
}
