package dev.juggler.cli.command;

import java.io.File;
import java.util.List;

/** Where the classes that a command names are looked for first. */
public final class ClassPathOption {
    private List<String> entries = List.of();

    /** Declares it. */
    public void declare(OptionSyntax syntax) {
        syntax.value(
                "--classpath",
                "PATH",
                String.class,
                path -> entries = List.of(path.split(File.pathSeparator)),
                "Jars and folders for the class, with ':' between.");
    }

    /** Jars and folders; none when nothing is said. */
    public List<String> entries() {
        return entries;
    }
}
