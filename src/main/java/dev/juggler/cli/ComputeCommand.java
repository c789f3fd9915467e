package dev.juggler.cli;

import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.source.Expansion;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compute",
        description = "Calls a function for each input.",
        footer = {
            "",
            "Built-in functions: sum-squares N, square N, random-products N,",
            "count-primes N, sleep D, sha256 FILE, gzip FILE, thumbnail FILE,",
            "word-count FILE. Or a Java source file with a static method, or a class name.",
            "",
            "  juggler compute sum-squares 5000000..5000019",
            "  juggler compute Square.java 1..10",
            "  juggler compute word-count --split big.log --chunks 16 --reduce sum"
        })
final class ComputeCommand extends JobCommand {
    @Parameters(index = "0", paramLabel = "FUNCTION", description = "A built-in function, FILE.java, or a class name.")
    private String function;

    @Parameters(index = "1..*", paramLabel = "INPUT", description = "Inputs; 1..100 and 1..100..5 are ranges.")
    private List<String> inputs = List.of();

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description = "Jars and folders for the class, with ':' between.")
    private String classpath;

    @Option(names = "--files", paramLabel = "GLOB", description = "Files that match are inputs. May be repeated.")
    private List<String> globs = List.of();

    @Option(names = "--split", paramLabel = "FILE", description = "Parts of this file, cut between lines, are inputs.")
    private Path split;

    @Option(names = "--chunks", paramLabel = "N", description = "How many parts --split makes. Default: four a core.")
    private Integer chunks;

    @Option(names = "--reduce", paramLabel = "sum", description = "Give the sum of all values instead of each.")
    private Reducer reduce;

    @Option(names = "--literal", description = "Inputs stand for themselves: no ranges.")
    private boolean literal;

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
            throw CommandFailure.usage("--reduce needs all values, and --resume leaves out those that are done");
        }
    }

    @Override
    WorkSpec work() {
        List<String> path = classpath == null ? List.of() : List.of(classpath.split(java.io.File.pathSeparator));
        return ComputeWork.spec(function, path);
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = lists.open(inputs, literal ? Expansion.LITERAL : Expansion.RANGES);
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
