package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.WorkKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/** Parses lists of candidates such as {@code sequential,threads:5,async:64}. */
public final class CandidateParser {
    private CandidateParser() {}

    /**
     * A candidate for each model, with its default concurrency unless one is given.
     *
     * @param concurrency as for {@link #parse}
     */
    public static List<Candidate> all(OptionalInt concurrency, String work, int cores) {
        return Arrays.stream(ConcurrencyModel.values())
                .map(model -> candidate(model, concurrency, work, cores))
                .toList();
    }

    /**
     * Parses a comma-separated list of models. A number after a colon sets a model's concurrency; without it the given
     * concurrency applies, or else the model's default.
     *
     * @param concurrency for all models but the sequential one; capped at the default for processes
     * @param work the kind of work
     * @param cores processors available, from which defaults derive
     * @throws IllegalArgumentException if a name or a number is invalid or a candidate is listed twice; the message
     *     quotes it
     */
    public static List<Candidate> parse(String list, OptionalInt concurrency, String work, int cores) {
        List<Candidate> candidates = Arrays.stream(list.split(",", -1))
                .map(item -> parseItem(item.strip(), concurrency, work, cores))
                .toList();
        if (new HashSet<>(candidates).size() < candidates.size()) {
            throw new IllegalArgumentException("--models '" + list + "' lists a model with the same concurrency twice");
        }
        return candidates;
    }

    private static Candidate parseItem(String item, OptionalInt concurrency, String work, int cores) {
        int colon = item.indexOf(':');
        String name = colon < 0 ? item : item.substring(0, colon);
        ConcurrencyModel model = ConcurrencyModel.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is not a concurrency model; choose from " + ConcurrencyModel.names()));
        return colon < 0
                ? candidate(model, concurrency, work, cores)
                : new Candidate(model, number(item, item.substring(colon + 1)));
    }

    private static int number(String item, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + item + "': write a number after the colon, as in threads:5", e);
        }
    }

    private static Candidate candidate(ConcurrencyModel model, OptionalInt concurrency, String work, int cores) {
        int defaultConcurrency = WorkKind.named(work).defaultConcurrency(model, cores);
        return new Candidate(
                model,
                switch (model) {
                    case SEQUENTIAL -> 1;
                    // A number chosen for tasks in flight could start hundreds of JVMs.
                    case PROCESSES -> Math.min(defaultConcurrency, concurrency.orElse(defaultConcurrency));
                    case THREADS, VIRTUAL, ASYNC -> concurrency.orElse(defaultConcurrency);
                });
    }
}
