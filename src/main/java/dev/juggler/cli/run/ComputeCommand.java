package dev.juggler.cli.run;

import dev.juggler.cli.command.ClassPathOption;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.OutputOptions;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command {@code compute}. */
public final class ComputeCommand extends JobCommand {
    private String function = "";
    private List<String> inputs = List.of();
    private final ClassPathOption classPath = new ClassPathOption();
    private List<String> globs = List.of();
    private @Nullable Path split;
    private @Nullable Integer chunks;
    private @Nullable Reducer reduce;
    private boolean literal;

    public ComputeCommand(CommandTail tail) {
        super(tail);
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Calls a function on each input.");
        syntax.footer(
                "",
                "Built-in functions: sum-squares N, square N, random-products N,",
                "count-primes N, sleep D, sha256 FILE, gzip FILE, thumbnail FILE,",
                "word-count FILE. Or a Java source file with a static method, or a class name.",
                "",
                "  juggler compute sum-squares 5000000..5000019",
                "  juggler compute Square.java 1..10",
                "  juggler compute word-count --split big.log --chunks 16 --reduce sum");
        syntax.argument(
                "FUNCTION",
                String.class,
                value -> function = value,
                "A built-in function, FILE.java, or a class name.");
        syntax.arguments(1, "INPUT", String.class, all -> inputs = all, "Inputs; 1..100 and 1..100..5 are ranges.");
        classPath.declare(syntax);
        syntax.values(
                "--files",
                "GLOB",
                String.class,
                all -> globs = all,
                "Use the matching files as inputs. May be repeated.");
        syntax.value(
                "--split",
                "FILE",
                Path.class,
                value -> split = value,
                "Use parts of this file, cut between lines, as inputs.");
        syntax.value(
                "--chunks",
                "N",
                Integer.class,
                value -> chunks = value,
                "Number of parts for --split. Default: four per core.");
        syntax.value(
                "--reduce",
                "sum",
                Reducer.class,
                value -> reduce = value,
                "Print the sum of all values instead of each value.");
        syntax.flag("--literal", on -> literal = on, "Do not expand ranges in inputs.");
    }

    /** The values of {@code --reduce}. */
    enum Reducer {
        sum
    }

    @Override
    void check(RunOptions run, OutputOptions output) {
        super.check(run, output);
        if (chunks != null && (split == null || chunks < 1)) {
            throw CommandFailure.usage("--chunks N goes with --split FILE, and is at least 1");
        }
        if (reduce != null && (output.json || output.jsonl)) {
            throw CommandFailure.usage("--reduce, --json and --jsonl each claim stdout: choose one");
        }
        if (reduce != null && run.resume) {
            throw CommandFailure.usage(
                    "--reduce cannot be combined with --resume: it needs all values, and those of tasks that are done"
                            + " are skipped");
        }
    }

    @Override
    public WorkSpec work() {
        return ComputeWork.spec(function, classPath.entries());
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = lists.open(inputs, literal ? ExpansionMode.LITERAL : ExpansionMode.RANGES);
        for (String glob : globs) {
            sources.add(Sources.glob(glob));
        }
        if (split != null) {
            int parts = chunks == null ? 4 * Runtime.getRuntime().availableProcessors() : chunks;
            sources.add(Sources.splitFile(split, parts));
        }
        return sources;
    }

    @Override
    WorkProvider prepare(WorkSpec work) {
        return ComputeWork.prepare((ComputeSpec) work);
    }

    @Override
    String preview(WorkSpec work, Task task) {
        return function + "(" + task.key() + ")";
    }

    @Override
    Optional<Reduction> reduction() {
        return Optional.ofNullable(reduce).map(any -> new Reduction());
    }
}
