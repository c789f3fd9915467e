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

/** The options on lists of inputs. */
public final class InputOptions {
    public List<String> lists = List.of();
    boolean nul;

    /** Declares the options. */
    void declare(OptionSyntax syntax) {
        syntax.values(
                "-i, --input",
                "FILE",
                String.class,
                all -> lists = all,
                "Read inputs from this file, one per line; lines that start with '#' are comments; '-' is stdin. May be"
                        + " repeated.");
        syntax.flag("-0, --null", on -> nul = on, "Inputs in lists end with NUL instead of a newline.");
    }

    /** Replaces the names of lists; for commands that read the lists more than once. */
    void replace(UnaryOperator<String> list) {
        lists = lists.stream().map(list).toList();
    }

    /**
     * Opens the sources of arguments and lists, to which a command may add others.
     *
     * @throws IOException when a list cannot be opened
     */
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
