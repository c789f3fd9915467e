package dev.juggler.cli.run;

import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.ListFormat;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The options of every command that name inputs in a list. */
public final class InputOptions {
    public List<String> lists = List.of();
    boolean nul;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.values(
                "-i, --input",
                "FILE",
                String.class,
                all -> lists = all,
                "Inputs from a list, one a line, '#' for comments; '-' is stdin. May be repeated.");
        syntax.flag("-0, --null", on -> nul = on, "Inputs in lists end with NUL rather than with a line.");
    }

    /** Replaces lists, each by its name; for a command that reads them more than once. */
    void replace(UnaryOperator<String> list) {
        lists = lists.stream().map(list).toList();
    }

    /** Arguments and lists, and then what the command adds. Opens the lists: what is missing is told now. */
    List<Source> open(List<String> arguments, ExpansionMode expansion) throws IOException {
        List<Source> sources = new ArrayList<>();
        if (!arguments.isEmpty()) {
            sources.add(Sources.arguments(arguments, expansion));
        }
        ListFormat format = nul ? ListFormat.NUL : ListFormat.LINES;
        for (String list : lists) {
            sources.add(list.equals("-") ? Sources.list(System.in, format) : Sources.list(Path.of(list), format));
        }
        return sources;
    }
}
