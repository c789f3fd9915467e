package dev.juggler.cli.command;

/** The options on output. */
public final class OutputOptions {
    public boolean jsonl;
    public boolean json;
    public ProgressStyle progress = ProgressStyle.auto;
    public boolean quiet;
    ColorChoice color = ColorChoice.auto;

    /** Declares the options. */
    public void declare(OptionSyntax syntax) {
        syntax.flag("--jsonl", on -> jsonl = on, "Write a row of JSON per attempt to stdout instead of results.");
        syntax.flag("--json", on -> json = on, "Write one JSON report to stdout at the end instead of results.");
        syntax.value(
                "--progress",
                "auto|plain|none",
                ProgressStyle.class,
                value -> progress = value,
                "Progress on stderr: a bar if it is a terminal, a line every 5 seconds, or nothing."
                        + " Default: ${DEFAULT-VALUE}.");
        syntax.flag("-q, --quiet", on -> quiet = on, "Print nothing to stderr but errors of the run itself.");
        syntax.value(
                "--color",
                "auto|always|never",
                ColorChoice.class,
                value -> color = value,
                "Colors on stderr; auto obeys NO_COLOR. Default: ${DEFAULT-VALUE}.");
    }

    /** The values of {@code --progress}. */
    public enum ProgressStyle {
        auto,
        plain,
        none
    }

    /** The values of {@code --color}. */
    public enum ColorChoice {
        auto,
        always,
        never
    }

    /** Rejects options that exclude each other. */
    public void check() {
        if (jsonl && json) {
            throw CommandFailure.usage("--jsonl and --json both claim stdout: choose one");
        }
    }

    /** Returns the terminal of stderr. */
    public Terminal terminal() {
        return new Terminal(color);
    }
}
