package dev.juggler.work.compute.builtin;

import dev.juggler.work.compute.function.TaskFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The built-in functions. To add one, add a constant; help and messages list all of them. */
public enum BuiltIn {
    SUM_SQUARES("sum-squares", "N", "0² + 1² + … + (N-1)², exact, by a loop that does each step", SumSquares::call),
    SQUARE("square", "N", "N × N, exact for any N", Square::call),
    RANDOM_PRODUCTS(
            "random-products",
            "X",
            "X | Y | Z: products of random big integers, the same for each X",
            RandomProducts::call),
    COUNT_PRIMES("count-primes", "N", "the number of primes below N (at most 10^12)", CountPrimes::call),
    SLEEP(
            "sleep",
            "DURATION",
            "waits for 500ms, 2s, 1m or a number of seconds; returns the text 'slept 2s'",
            Sleep::call),
    SHA256("sha256", "FILE", "the SHA-256 digest of a file, in hexadecimal", Sha256::call),
    GZIP("gzip", "FILE", "compresses FILE into FILE.gz beside it; returns its path and bytes", Gzip::call),
    /** A lambda, unlike a method reference, leaves the image classes of the JDK unloaded until the first call. */
    THUMBNAIL(
            "thumbnail",
            "FILE",
            "makes FILE.thumb.png, at most 256 pixels wide and high; returns path, width and height",
            input -> Thumbnail.call(input)),
    WORD_COUNT(
            "word-count",
            "FILE",
            "lines, words and bytes of a file or a part of one, as wc counts them",
            WordCount::call);

    private final String id;
    private final String argument;
    private final String description;
    private final TaskFunction function;

    BuiltIn(String id, String argument, String description, TaskFunction function) {
        this.id = id;
        this.argument = argument;
        this.description = description;
        this.function = function;
    }

    /** Returns the name on the command line. */
    public String id() {
        return id;
    }

    /** Returns the name of the argument in capitals, for help. */
    public String argument() {
        return argument;
    }

    /** Returns a one-line description of the result, for help. */
    public String description() {
        return description;
    }

    /** Returns the function with this {@link #id()}, or empty when there is none. */
    public static Optional<BuiltIn> named(String id) {
        return Arrays.stream(values()).filter(builtIn -> builtIn.id.equals(id)).findFirst();
    }

    /** Returns all names, in the order of declaration. */
    public static List<String> names() {
        return Arrays.stream(values()).map(BuiltIn::id).toList();
    }

    public TaskFunction function() {
        return function;
    }
}
