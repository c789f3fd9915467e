package dev.juggler.cli;

import picocli.CommandLine.Option;

/** The options for what is written where. */
final class OutputOptions {
    @Option(names = "--jsonl", description = "Write a row of JSON for each attempt to stdout instead of results.")
    boolean jsonl;

    @Option(names = "--json", description = "Write one report in JSON to stdout at the end instead of results.")
    boolean json;

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|none",
            description = "A bar when stderr is a terminal, lines now and then, or nothing. Default: ${DEFAULT-VALUE}.")
    ProgressStyle progress;

    @Option(
            names = {"-q", "--quiet"},
            description = "Nothing on stderr but errors of the run itself.")
    boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "Colours on stderr; auto obeys NO_COLOR. Default: ${DEFAULT-VALUE}.")
    ColorChoice color;

    enum ProgressStyle {
        auto,
        plain,
        none
    }

    enum ColorChoice {
        auto,
        always,
        never
    }

    void check() {
        if (jsonl && json) {
            throw CommandFailure.usage("--jsonl and --json both claim stdout: choose one");
        }
    }

    /** The terminal that stderr is, or is not. */
    Terminal terminal() {
        return new Terminal(color);
    }
}
