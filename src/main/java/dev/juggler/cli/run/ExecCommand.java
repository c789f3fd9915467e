package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.exec.CommandTemplate;
import dev.juggler.work.exec.ExecWork;
import java.io.IOException;
import java.util.List;

/** The command {@code exec}. */
public final class ExecCommand extends JobCommand {
    private List<String> inputs = List.of();
    private List<String> globs = List.of();
    private boolean shell;
    private boolean literal;

    /** Creates the command for these arguments. */
    public ExecCommand(CommandTail tail) {
        super(tail);
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Runs a program for each input.");
        syntax.synopsis("juggler exec [OPTIONS] [INPUT...] -- COMMAND [ARG...]");
        syntax.footer(
                "",
                "Placeholders in COMMAND: {} the input, {.} without its extension, {/} its base",
                "name, {//} its folder, {/.} its base name without extension, {#} its number.",
                "Without a placeholder, the input is appended as the last argument.",
                "",
                "  juggler exec --glob 'docs/**/*.xml' -- xsltproc -o {.}.html doc.xsl {}",
                "  juggler exec -k 1..10 --shell -- 'echo {} | rev'");
        syntax.arguments(0, "INPUT", String.class, all -> inputs = all, "Inputs; 1..100 and 1..100..5 are ranges.");
        syntax.values(
                "--glob",
                "GLOB",
                String.class,
                all -> globs = all,
                "Use the matching files as inputs. May be repeated.");
        syntax.flag("--shell", on -> shell = on, "Run COMMAND as a script of sh; inputs are quoted.");
        syntax.flag("--literal", on -> literal = on, "Do not expand ranges in inputs.");
    }

    @Override
    public WorkSpec work() {
        List<String> command = tail().command();
        if (command == null || command.isEmpty()) {
            throw CommandFailure.usage("exec needs a command after '--', such as: juggler exec 1..3 -- echo {}");
        }
        return new ExecSpec(command, shell, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = lists.open(inputs, literal ? ExpansionMode.LITERAL : ExpansionMode.RANGES);
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
        return ResumeCommand.shown(CommandTemplate.of((ExecSpec) work).argv(task));
    }
}
