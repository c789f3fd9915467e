package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.CandidateParser;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The options that choose the candidates of a comparison and the number of runs. */
final class CompareOptions {
    private static final int MAX_ROUNDS = 1_000;

    private @Nullable String models;
    private @Nullable Integer concurrency;
    int repeat;
    int warmup;

    /** Declares the options. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "--models",
                "LIST",
                String.class,
                value -> models = value,
                "Models, separated by commas, optionally with a concurrency after a colon:"
                        + " sequential,threads:5,async:64. Default: all.");
        syntax.value(
                "-n, --concurrency",
                "N",
                Integer.class,
                value -> concurrency = value,
                "Tasks in flight, for all models but sequential. Default: by model and kind of work.");
        syntax.value(
                "--repeat",
                "R",
                Integer.class,
                value -> repeat = value,
                "Measured runs of each model. Default: ${DEFAULT-VALUE}.");
        syntax.value(
                "--warmup",
                "W",
                Integer.class,
                value -> warmup = value,
                "Unmeasured runs of each model before that; short ones are repeated more often; 0 for none.",
                "Default: ${DEFAULT-VALUE}.");
    }

    void check() {
        if (repeat < 1 || repeat > MAX_ROUNDS) {
            throw CommandFailure.usage("--repeat must be from 1 to " + MAX_ROUNDS + ", not " + repeat);
        }
        if (warmup < 0 || warmup > MAX_ROUNDS) {
            throw CommandFailure.usage("--warmup must be from 0 to " + MAX_ROUNDS + ", not " + warmup);
        }
        if (concurrency != null && concurrency < 1) {
            throw CommandFailure.usage("-n must be at least 1, not " + concurrency);
        }
    }

    /** The candidates. A number in the list overrides {@code -n}, which overrides the job's own concurrency. */
    List<Candidate> candidates(InnerJob job) {
        Integer common = concurrency != null ? concurrency : job.concurrency();
        OptionalInt commonConcurrency = common == null ? OptionalInt.empty() : OptionalInt.of(common);
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            return models == null
                    ? CandidateParser.all(commonConcurrency, job.kind(), cores)
                    : CandidateParser.parse(models, commonConcurrency, job.kind(), cores);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    boolean hasModels() {
        return models != null;
    }
}
