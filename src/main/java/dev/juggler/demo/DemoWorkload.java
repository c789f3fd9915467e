package dev.juggler.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One of the tutorials' programs as a Juggler command line, of a size that runs under every model while one watches.
 *
 * @param title what it does, with what was made smaller or larger than in the tutorial
 * @param python the Python program it stands for
 * @param measured the tutorial's own figures, of another machine and its own sizes; empty when it gives none
 * @param template the arguments, as for the command line, before {@link #arguments} fills them in
 */
public record DemoWorkload(String title, String python, List<Figure> measured, List<String> template) {
    private static final String ORIGIN = "{origin}";
    private static final String FILES = "{files}";
    private static final String OUT = "{out}";

    public DemoWorkload {
        measured = List.copyOf(measured);
        template = List.copyOf(template);
    }

    /**
     * What a tutorial measured.
     *
     * @param model the concurrency model as Juggler calls it
     * @param seconds wall-clock time
     */
    public record Figure(String model, double seconds) {}

    /** The workloads in the order of the demo. */
    public static List<DemoWorkload> all() {
        return DemoWorkloads.ALL;
    }

    /**
     * The arguments from the command ({@code fetch}, {@code compute}, {@code exec}) on, without a concurrency model.
     *
     * @param origin of the demo's site, without a slash at the end
     * @param files the folder of {@link DemoFiles}
     * @param out a folder for what this run writes, which is new for each run
     */
    public List<String> arguments(String origin, Path files, Path out) {
        return template.stream()
                .map(argument -> argument.replace(ORIGIN, origin)
                        .replace(FILES, files.toString())
                        .replace(OUT, out.toString()))
                .toList();
    }

    /** Whether a run writes into the folder for what it writes. */
    public boolean writes() {
        return template.stream().anyMatch(argument -> argument.contains(OUT));
    }

    /** The tutorial's time under this model, where it gives one. */
    public OptionalDouble measuredSeconds(String model) {
        return measured.stream()
                .filter(figure -> figure.model().equals(model))
                .mapToDouble(Figure::seconds)
                .findFirst();
    }

    /** The tutorial's figures in one line, such as {@code sequential 17.6 s, threads 6.4 s}; empty without figures. */
    public String measuredLine() {
        return measured.stream()
                .map(figure -> figure.model() + " " + figure.seconds() + " s")
                .collect(Collectors.joining(", "));
    }
}
