package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.CandidateParser;
import java.util.List;
import java.util.OptionalInt;

/** Who is compared, and how often. */
final class CompareOptions {
    private static final int MOST_ROUNDS = 1_000;

    private String models;
    private Integer concurrency;
    int repeat;
    int warmup;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "--models",
                "LIST",
                String.class,
                value -> models = value,
                "Models with commas between, each with its own number behind a colon if need be:"
                        + " sequential,threads:5,async:64. Default: all.");
        syntax.value(
                "-n, --concurrency",
                "N",
                Integer.class,
                value -> concurrency = value,
                "How many at a time, for all but sequential. Default: by model and kind of work.");
        syntax.value(
                "--repeat",
                "R",
                Integer.class,
                value -> repeat = value,
                "Measured runs of each. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--warmup",
                "W",
                Integer.class,
                value -> warmup = value,
                "Runs of each before that, which count for nothing; short ones more often, 0 for none.",
                "Default: ${DEFAULT-VALUE}.");
    }

    void check() {
        if (repeat < 1 || repeat > MOST_ROUNDS) {
            throw CommandFailure.usage("--repeat lies from 1 to " + MOST_ROUNDS + ", not at " + repeat);
        }
        if (warmup < 0 || warmup > MOST_ROUNDS) {
            throw CommandFailure.usage("--warmup lies from 0 to " + MOST_ROUNDS + ", not at " + warmup);
        }
        if (concurrency != null && concurrency < 1) {
            throw CommandFailure.usage("-n is at least 1, not " + concurrency);
        }
    }

    /** Who is compared: a number of the list goes before {@code -n}, and that before what the job itself says. */
    List<Candidate> contenders(InnerJob job) {
        Integer ofAll = concurrency != null ? concurrency : job.concurrency();
        OptionalInt many = ofAll == null ? OptionalInt.empty() : OptionalInt.of(ofAll);
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            return models == null
                    ? CandidateParser.all(many, job.kind(), cores)
                    : CandidateParser.parse(models, many, job.kind(), cores);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    boolean saysAnything() {
        return models != null;
    }
}
