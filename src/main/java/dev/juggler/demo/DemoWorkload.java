package dev.juggler.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A tutorial's program as a Juggler command line, sized to run under every model within seconds.
 *
 * @param title the task, with its size compared to the tutorial's
 * @param python the corresponding Python constructs
 * @param measured the tutorial's own measurements, on another machine; empty if it has none
 * @param template command-line arguments with placeholders, which {@link #arguments} replaces
 */
public record DemoWorkload(String title, String python, List<TutorialTime> measured, List<String> template) {
    private static final String ORIGIN = "{origin}";
    private static final String FILES = "{files}";
    private static final String OUTPUT = "{out}";

    public DemoWorkload {
        measured = List.copyOf(measured);
        template = List.copyOf(template);
    }

    /**
     * A tutorial's measurement.
     *
     * @param model Juggler's name of the concurrency model
     * @param seconds wall time
     */
    public record TutorialTime(String model, double seconds) {}

    /** The workloads, in the order of the demo. */
    public static List<DemoWorkload> all() {
        return DemoWorkloads.ALL;
    }

    /**
     * The command-line arguments, beginning with {@code fetch}, {@code compute} or {@code exec}, without a concurrency
     * model.
     *
     * @param origin of the demo's site, without a trailing slash
     * @param files the folder of {@link DemoFiles}
     * @param output the output folder, a new one for each run
     */
    public List<String> arguments(String origin, Path files, Path output) {
        return template.stream()
                .map(argument -> argument.replace(ORIGIN, origin)
                        .replace(FILES, files.toString())
                        .replace(OUTPUT, output.toString()))
                .toList();
    }

    /** Returns true if a run writes to the output folder. */
    public boolean writesFiles() {
        return template.stream().anyMatch(argument -> argument.contains(OUTPUT));
    }

    /** The tutorial's time under a model; empty if it has none. */
    public OptionalDouble measuredSeconds(String model) {
        return measured.stream()
                .filter(time -> time.model().equals(model))
                .mapToDouble(TutorialTime::seconds)
                .findFirst();
    }

    /** The tutorial's times in one line, such as {@code sequential 17.6 s, threads 6.4 s}; empty if it has none. */
    public String measuredLine() {
        return measured.stream()
                .map(time -> time.model() + " " + time.seconds() + " s")
                .collect(Collectors.joining(", "));
    }
}
