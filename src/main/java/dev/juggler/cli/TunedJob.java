package dev.juggler.cli;

import dev.juggler.engine.Engine;
import dev.juggler.engine.PreparedJob;
import dev.juggler.engine.Results;
import dev.juggler.engine.Run;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.tune.CycledSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The job behind {@code tune --}, to be run under one concurrency after another over inputs that do not end. */
final class TunedJob implements AutoCloseable {
    private static final Set<String> JOBS = Set.of("fetch", "compute", "exec");

    /** What makes no sense for a job that is run many times, and why. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("--concurrency", "tune finds it"),
            Map.entry("--max", "give it to tune itself"),
            Map.entry("--output-dir", "each body would be saved many times"),
            Map.entry("--journal", "these runs are not gone on with"),
            Map.entry("--rate", "it would be measured instead of the job"),
            Map.entry("--deadline", "tune ends each run itself"),
            Map.entry("--halt", "tune ends each run itself"),
            Map.entry("--dry-run", "tune has to run the job"),
            Map.entry("--json", "its results are not shown; give it to tune itself"),
            Map.entry("--jsonl", "its results are not shown"),
            Map.entry("--reduce", "its results are not shown"));

    private final JobCommand command;
    private final String kind;
    private final ConcurrencyModel model;
    private final InputSpool spool = new InputSpool();
    private Vertx vertx;

    private TunedJob(JobCommand command, String kind, ConcurrencyModel model) {
        this.command = command;
        this.kind = kind;
        this.model = model;
    }

    /** The job of these words; a mistake in them, or what cannot be tuned, is a usage error. */
    static TunedJob parse(List<String> words) {
        if (words == null || words.isEmpty()) {
            throw CommandFailure.usage("tune needs a job behind '--', such as: juggler tune -- fetch -i urls.txt");
        }
        if (!JOBS.contains(words.getFirst())) {
            throw CommandFailure.usage("tune runs fetch, compute or exec, not '" + words.getFirst() + "'");
        }
        CommandTail tail = CommandTail.split(words.toArray(String[]::new));
        ParseResult parsed = parse(tail).subcommand();
        REFUSED.forEach((option, why) -> {
            if (parsed.hasMatchedOption(option)) {
                throw CommandFailure.usage("leave out " + option + " of the job that is tuned: " + why);
            }
        });
        OptionSpec model = parsed.commandSpec().findOption("--model");
        if (model.getValue() == null) {
            throw CommandFailure.usage("tune tunes one model: name it with -m instead of auto");
        }
        if (model.getValue() == ConcurrencyModel.SEQUENTIAL) {
            throw CommandFailure.usage("the sequential model does one task at a time: there is nothing to tune");
        }
        JobCommand command = (JobCommand) parsed.commandSpec().userObject();
        return new TunedJob(command, words.getFirst(), model.getValue());
    }

    private static ParseResult parse(CommandTail tail) {
        CommandLine line = Commands.parserFor(tail);
        try {
            return line.parseArgs(tail.own());
        } catch (CommandLine.ParameterException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : CommandFailure.usage("in the job that is tuned: " + Errors.firstLine(e.getMessage()), e);
        }
    }

    /** The command: fetch, compute or exec. */
    String kind() {
        return kind;
    }

    ConcurrencyModel model() {
        return model;
    }

    /** Opens the inputs and prepares the work once, so that what is wrong with them is told before anything runs. */
    void check() throws IOException {
        spool.replaceIn(command.lists());
        PreparedJob prepared = prepared(1);
        prepared.source().close();
        prepared.work().close();
        vertx = Vertxes.forJob(prepared.job());
    }

    /** Starts it; signals are for it from now on. */
    Run start(int concurrency, Results results, Signals signals) {
        try {
            PreparedJob prepared = prepared(concurrency);
            CycledSource source = new CycledSource(prepared.source());
            Run run = new Engine(vertx).run(prepared.job(), source, prepared.work(), results);
            signals.govern(run);
            return run;
        } catch (IOException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private PreparedJob prepared(int concurrency) throws IOException {
        return command.prepared(model, concurrency, UnaryOperator.identity());
    }

    @Override
    public void close() throws IOException {
        if (vertx != null) {
            vertx.close();
        }
        spool.close();
    }
}
