package dev.juggler.cli.command;

import java.io.File;
import java.util.List;

/** The option {@code --classpath}: jars and folders in which a command's class is looked up first. */
public final class ClassPathOption {
    private List<String> entries = List.of();

    /** Declares the option. */
    public void declare(OptionSyntax syntax) {
        syntax.value(
                "--classpath",
                "PATH",
                String.class,
                path -> entries = List.of(path.split(File.pathSeparator)),
                "Jars and folders to look up the class in, separated by ':'.");
    }

    /** Returns the jars and folders; empty when the option is not given. */
    public List<String> entries() {
        return entries;
    }
}
