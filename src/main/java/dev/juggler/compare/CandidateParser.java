package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.WorkKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/** Reads who is compared: {@code sequential,threads:5,async:64}. */
public final class CandidateParser {
    private CandidateParser() {}

    /** All models. */
    public static List<Candidate> all(OptionalInt concurrency, String work, int cores) {
        return Arrays.stream(ConcurrencyModel.values())
                .map(model -> contender(model, concurrency, work, cores))
                .toList();
    }

    /**
     * Those of a list with commas, each with a number of its own behind a colon, or else that of all, or else the
     * model's default.
     *
     * @param concurrency of all models but the sequential one; of processes there are no more than cores
     * @param work the kind of work
     * @throws IllegalArgumentException when a name or a number is wrong, or one stands there twice
     */
    public static List<Candidate> parse(String list, OptionalInt concurrency, String work, int cores) {
        List<Candidate> contenders = Arrays.stream(list.split(",", -1))
                .map(word -> one(word.strip(), concurrency, work, cores))
                .toList();
        if (new HashSet<>(contenders).size() < contenders.size()) {
            throw new IllegalArgumentException("--models '" + list + "' names one of them twice");
        }
        return contenders;
    }

    private static Candidate one(String word, OptionalInt concurrency, String work, int cores) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        ConcurrencyModel model = ConcurrencyModel.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is not a concurrency model: there are " + ConcurrencyModel.names()));
        return colon < 0
                ? contender(model, concurrency, work, cores)
                : new Candidate(model, number(word, word.substring(colon + 1)));
    }

    private static int number(String word, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "': write a number behind the colon, as in threads:5", e);
        }
    }

    private static Candidate contender(ConcurrencyModel model, OptionalInt concurrency, String work, int cores) {
        int usual = WorkKind.named(work).defaultConcurrency(model, cores);
        return new Candidate(
                model,
                switch (model) {
                    case SEQUENTIAL -> 1;
                    // A number that suits tasks in flight would be a great many JVMs.
                    case PROCESSES -> Math.min(usual, concurrency.orElse(usual));
                    case THREADS, VIRTUAL, ASYNC -> concurrency.orElse(usual);
                });
    }
}
