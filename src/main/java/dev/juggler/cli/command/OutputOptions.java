package dev.juggler.cli.command;

/** The options for what is written where. */
public final class OutputOptions {
    public boolean jsonl;
    public boolean json;
    public ProgressStyle progress;
    public boolean quiet;
    ColorChoice color;

    /** Declares them. */
    public void declare(OptionSyntax syntax) {
        syntax.flag("--jsonl", on -> jsonl = on, "Write a row of JSON for each attempt to stdout instead of results.");
        syntax.flag("--json", on -> json = on, "Write one report in JSON to stdout at the end instead of results.");
        syntax.value(
                "--progress",
                "auto|plain|none",
                ProgressStyle.class,
                value -> progress = value,
                "A bar when stderr is a terminal, lines now and then, or nothing. Default: ${DEFAULT-VALUE}.");
        syntax.flag("-q, --quiet", on -> quiet = on, "Nothing on stderr but errors of the run itself.");
        syntax.value(
                "--color",
                "auto|always|never",
                ColorChoice.class,
                value -> color = value,
                "Colours on stderr; auto obeys NO_COLOR. Default: ${DEFAULT-VALUE}.");
    }

    public enum ProgressStyle {
        auto,
        plain,
        none
    }

    public enum ColorChoice {
        auto,
        always,
        never
    }

    public void check() {
        if (jsonl && json) {
            throw CommandFailure.usage("--jsonl and --json both claim stdout: choose one");
        }
    }

    /** The terminal that stderr is, or is not. */
    public Terminal terminal() {
        return new Terminal(color);
    }
}
