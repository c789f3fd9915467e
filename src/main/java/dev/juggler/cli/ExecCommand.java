package dev.juggler.cli;

import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.source.Expansion;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.exec.CommandTemplate;
import dev.juggler.work.exec.ExecWork;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description = "Runs a program for each input.",
        customSynopsis = "juggler exec [OPTIONS] [INPUT...] -- COMMAND [ARG...]",
        footer = {
            "",
            "In the command: {} the input, {.} without its extension, {/} its last part,",
            "{//} its folder, {/.} its last part without extension, {#} its number.",
            "Without any, the input is the last argument.",
            "",
            "  juggler exec --glob 'docs/**/*.xml' -- xsltproc -o {.}.html doc.xsl {}",
            "  juggler exec -k 1..10 --shell -- 'echo {} | rev'"
        })
final class ExecCommand extends JobCommand {
    @Parameters(paramLabel = "INPUT", description = "Inputs; 1..100 and 1..100..5 are ranges.")
    private List<String> inputs = List.of();

    @Option(names = "--glob", paramLabel = "GLOB", description = "Files that match are inputs. May be repeated.")
    private List<String> globs = List.of();

    @Option(names = "--shell", description = "The command is a script for sh; inputs are quoted.")
    private boolean shell;

    @Option(names = "--literal", description = "Inputs stand for themselves: no ranges.")
    private boolean literal;

    @Override
    WorkSpec work() {
        List<String> command = tail().command();
        if (command == null || command.isEmpty()) {
            throw CommandFailure.usage("exec needs a command behind '--', such as: juggler exec 1..3 -- echo {}");
        }
        return new ExecSpec(command, shell, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = lists.open(inputs, literal ? Expansion.LITERAL : Expansion.RANGES);
        for (String glob : globs) {
            sources.add(Sources.glob(glob));
        }
        return sources;
    }

    @Override
    WorkProvider prepare(WorkSpec work) {
        return ExecWork.prepare((ExecSpec) work);
    }

    @Override
    String preview(WorkSpec work, Task task) {
        return Resume.shown(CommandTemplate.of((ExecSpec) work).argv(task));
    }
}
