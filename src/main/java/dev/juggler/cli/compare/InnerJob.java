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
import dev.juggler.job.WorkFingerprint;
import dev.juggler.job.WorkSpec;
import dev.juggler.report.ComparedJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A job given after the {@code --} of another command, which runs it several times. */
final class InnerJob {
    /** Options whose values are shown, because they describe the job and hold no secrets. */
    private static final Set<String> SHOWN_OPTIONS = Set.of(
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

    /** The number of inputs shown. */
    private static final int SHOWN_INPUTS = 3;

    private static final Set<String> KINDS = Set.of("fetch", "compute", "exec");

    private final JobCommand command;
    private final ParseResult parsed;
    private final @Nullable List<String> tail;
    private final List<String> words;

    private InnerJob(JobCommand command, ParseResult parsed, @Nullable List<String> tail, List<String> words) {
        this.words = words;
        this.command = command;
        this.parsed = parsed;
        this.tail = tail;
    }

    /**
     * Parses a job; a mistake in it is a usage error.
     *
     * @param parser parses the words
     * @param outer the name of the outer command
     * @param words the arguments after the outer command's {@code --}; null if there was none
     * @param rejected options that the outer command does not accept, with the reasons
     */
    static InnerJob parse(
            CommandParser parser, String outer, @Nullable List<String> words, Map<String, String> rejected) {
        if (words == null || words.isEmpty() || !KINDS.contains(words.getFirst())) {
            throw CommandFailure.usage(outer + " needs a fetch, compute or exec command after '--', such as: juggler "
                    + outer + " -- fetch -i urls.txt");
        }
        CommandTail inner = CommandTail.split(words.toArray(String[]::new));
        CommandLine line = parser.parserFor(inner);
        try {
            ParseResult parsed = line.parseArgs(inner.own()).subcommand();
            reject(outer, parsed, rejected);
            JobCommand command = (JobCommand) parsed.commandSpec().userObject();
            return new InnerJob(command, parsed, inner.command(), words);
        } catch (ParameterException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : CommandFailure.usage("after '--': " + CommandErrors.firstLine(e.getMessage()), e);
        }
    }

    private static void reject(String outer, ParseResult parsed, Map<String, String> rejected) {
        rejected.forEach((option, reason) -> {
            if (parsed.hasMatchedOption(option)) {
                throw CommandFailure.usage("remove " + option + " after '" + outer + " --': " + reason);
            }
        });
        if (parsed.isUsageHelpRequested()) {
            throw CommandFailure.usage("for the options after '--' run 'juggler "
                    + parsed.commandSpec().name() + " --help'");
        }
    }

    /** The arguments it was parsed from. */
    List<String> words() {
        return words;
    }

    /** The kind of work: fetch, compute or exec. */
    String kind() {
        return parsed.commandSpec().name();
    }

    /** The model from the options or the settings; null for automatic selection. */
    @Nullable
    ConcurrencyModel model() {
        return command.run().model;
    }

    /** The concurrency from the job's own options; null if they do not set it. */
    @Nullable
    Integer concurrency() {
        return switch (command.concurrency()) {
            case null -> null;
            case ConcurrencyOption.Fixed fixed -> fixed.number();
            case ConcurrencyOption.Auto auto ->
                throw CommandFailure.usage("compare needs a fixed concurrency; replace -n auto by a number");
        };
    }

    /** Prepares the job for one run. */
    PreparedJob prepare(ConcurrencyModel model, int concurrency, UnaryOperator<WorkSpec> adaptation)
            throws IOException {
        return command.prepared(model, concurrency, adaptation);
    }

    /** The options that name its input lists. */
    InputOptions lists() {
        return command.lists();
    }

    /** The description of the job for reports. */
    ComparedJob description() throws IOException {
        return new ComparedJob(commandLine(), kind(), WorkFingerprint.of(command.work()));
    }

    /** The command line without values that may be secret, and with the first inputs only. */
    private String commandLine() {
        List<String> words = new ArrayList<>();
        words.add(kind());
        for (OptionSpec option : parsed.matchedOptions()) {
            words.add(option.longestName());
            if (option.arity().max() > 0) {
                words.addAll(
                        SHOWN_OPTIONS.contains(option.longestName())
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
