package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.ConcurrencyOption;
import dev.juggler.cli.run.InputOptions;
import dev.juggler.cli.run.JobCommand;
import dev.juggler.cli.run.ResumeCommand;
import dev.juggler.engine.PreparedJob;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.WorkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The job of a command that stands behind another one's {@code --}, to be run several times. */
final class InnerJob {
    /** Options whose values are shown: those that hold no secret and tell what the job is. */
    private static final Set<String> SHOWN = Set.of(
            "--input",
            "--glob",
            "--files",
            "--split",
            "--chunks",
            "--chunk",
            "--concurrency",
            "--timeout",
            "--deadline",
            "--retries",
            "--rate",
            "--method",
            "--per-host",
            "--output-dir");

    /** So many inputs are shown. */
    private static final int SHOWN_INPUTS = 3;

    private static final Set<String> KINDS = Set.of("fetch", "compute", "exec");

    private final JobCommand command;
    private final ParseResult parsed;
    private final List<String> tail;
    private final List<String> words;

    private InnerJob(JobCommand command, ParseResult parsed, List<String> tail, List<String> words) {
        this.words = words;
        this.command = command;
        this.parsed = parsed;
        this.tail = tail;
    }

    /**
     * Parses it; a mistake in it is a usage error.
     *
     * @param parser reads its words
     * @param outer the name of the command that it is for
     * @param words what stood behind that one's {@code --}; null when there was none
     * @param refused options that make no sense there, and why
     */
    static InnerJob parse(CommandParser parser, String outer, List<String> words, Map<String, String> refused) {
        if (words == null || words.isEmpty() || !KINDS.contains(words.getFirst())) {
            throw CommandFailure.usage(outer + " needs a fetch, compute or exec behind '--', such as: juggler " + outer
                    + " -- fetch -i urls.txt");
        }
        CommandTail inner = CommandTail.split(words.toArray(String[]::new));
        CommandLine line = parser.parserFor(inner);
        try {
            ParseResult parsed = line.parseArgs(inner.own()).subcommand();
            refuse(outer, parsed, refused);
            JobCommand command = (JobCommand) parsed.commandSpec().userObject();
            return new InnerJob(command, parsed, inner.command(), words);
        } catch (ParameterException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : CommandFailure.usage("behind '--': " + CommandErrors.firstLine(e.getMessage()), e);
        }
    }

    private static void refuse(String outer, ParseResult parsed, Map<String, String> refused) {
        refused.forEach((option, why) -> {
            if (parsed.hasMatchedOption(option)) {
                throw CommandFailure.usage("leave out " + option + " behind '" + outer + " --': " + why);
            }
        });
        if (parsed.isUsageHelpRequested()) {
            throw CommandFailure.usage(
                    "'juggler " + parsed.commandSpec().name() + " --help' explains what stands behind '--'");
        }
    }

    /** The words it was parsed from. */
    List<String> words() {
        return words;
    }

    /** The kind of its work. */
    String kind() {
        return parsed.commandSpec().name();
    }

    /** The model that its own options or the settings say; null when the run is to choose. */
    ConcurrencyModel model() {
        return command.run().model;
    }

    /** How many at a time its own options say; null when they do not. */
    Integer concurrency() {
        return switch (command.concurrency()) {
            case null -> null;
            case ConcurrencyOption.Fixed fixed -> fixed.number();
            case ConcurrencyOption.Auto auto ->
                throw CommandFailure.usage("-n auto finds out a number; what is compared has one: give it");
        };
    }

    WorkSpec work() throws IOException {
        return command.work();
    }

    /** Ready for one more run. */
    PreparedJob prepare(ConcurrencyModel model, int concurrency, UnaryOperator<WorkSpec> adaptation)
            throws IOException {
        return command.prepared(model, concurrency, adaptation);
    }

    InputOptions lists() {
        return command.lists();
    }

    /** The command for a person: without the values of options that may be secret, and not every input. */
    String text() {
        List<String> words = new ArrayList<>();
        words.add(kind());
        for (OptionSpec option : parsed.matchedOptions()) {
            words.add(option.longestName());
            if (option.arity().max() > 0) {
                words.addAll(
                        SHOWN.contains(option.longestName())
                                ? ResumeCommand.words(option.originalStringValues())
                                : List.of("…"));
            }
        }
        List<String> inputs = parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .map(InnerJob::withoutPassword)
                .toList();
        words.addAll(ResumeCommand.words(inputs.subList(0, Math.min(SHOWN_INPUTS, inputs.size()))));
        if (inputs.size() > SHOWN_INPUTS) {
            words.add("…");
        }
        if (tail != null) {
            words.add("--");
            words.addAll(ResumeCommand.words(tail));
        }
        return String.join(" ", words);
    }

    private static String withoutPassword(String input) {
        return input.replaceFirst("^(\\w+://)[^/@]*@", "$1…@");
    }
}
