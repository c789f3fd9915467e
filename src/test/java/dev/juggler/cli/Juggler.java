package dev.juggler.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts the packaged jar as a process of its own, as run.sh does. Classes shared between these starts are archived in
 * {@code target}, which halves what one costs.
 */
final class Juggler {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath();
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + CHECKOUT.resolve("target/it.jsa"),
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xlog:cds*=off:stderr",
            "-Xlog:aot*=off:stderr");

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private Path home = CHECKOUT;
    private File stdout;

    private Juggler(Path folder) {
        this.folder = folder;
    }

    /** One that starts in this folder. */
    static Juggler in(Path folder) {
        return new Juggler(folder);
    }

    Juggler variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Whose {@code conf} it reads. */
    Juggler home(Path other) {
        home = other;
        return this;
    }

    Juggler stdoutTo(Path file) {
        stdout = file.toFile();
        return this;
    }

    /** Runs it to its end, with an empty stdin. */
    Ended run(String... arguments) throws Exception {
        try (Running running = start(arguments)) {
            running.in().close();
            return running.await();
        }
    }

    Running start(String... arguments) throws IOException {
        return launch(command(arguments));
    }

    /** Starts another program that starts Juggler. */
    Running launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JUGGLER_") || name.equals("NO_COLOR"));
        builder.environment().putAll(variables);
        if (stdout != null) {
            builder.redirectOutput(stdout);
        }
        return new Running(builder.start());
    }

    /** The words that start it. A test JVM may ignore INT, having been started in the background; this one shall not. */
    List<String> command(String... arguments) {
        List<String> words = new ArrayList<>();
        if (Files.exists(Path.of("/usr/bin/env")) && Files.exists(Path.of("/proc/self/status"))) {
            words.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.add("-Djuggler.home=" + home);
        words.add("-Dlogback.configurationFile=" + CHECKOUT.resolve("conf/logback.xml"));
        words.addAll(List.of("-cp", CHECKOUT.resolve("target/juggler.jar").toString(), "dev.juggler.cli.Main"));
        words.addAll(List.of(arguments));
        return words;
    }
}
