package dev.juggler.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts the packaged jar as a separate process. Like run.sh it uses an AOT cache, which halves the cost of each of the
 * many starts.
 */
public final class JugglerProcess {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath();
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xlog:cds*=off:stderr",
            "-Xlog:aot*=off:stderr");
    private static final Path CACHE = makeCache();

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private Path home = CHECKOUT;
    private Path temporary = CHECKOUT.resolve("target/it-tmp");
    private File stdout;

    private JugglerProcess(Path folder) {
        this.folder = folder;
    }

    /** Creates the cache, once for this jar. If that fails, the JVM starts without it. */
    private static Path makeCache() {
        Path cache = CHECKOUT.resolve("target/it.aot");
        try {
            Files.deleteIfExists(cache);
            // Holds what killed runs leave behind.
            Files.createDirectories(cache.resolveSibling("it-tmp"));
            List<String> words = java();
            words.add("-XX:AOTCacheOutput=" + cache);
            words.addAll(main("fetch", "--jsonl", "http://127.0.0.1:1/{1..9}"));
            new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process that starts in this working directory. */
    public static JugglerProcess in(Path folder) {
        return new JugglerProcess(folder);
    }

    public JugglerProcess variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Sets the folder whose {@code conf} it reads. */
    public JugglerProcess home(Path other) {
        home = other;
        return this;
    }

    /** Sets the folder for its temporary files. */
    JugglerProcess temporary(Path folder) {
        temporary = folder;
        return this;
    }

    JugglerProcess stdoutTo(Path file) {
        stdout = file.toFile();
        return this;
    }

    /** Runs the process to its end, with an empty stdin. */
    public EndedProcess run(String... arguments) throws Exception {
        try (RunningProcess running = start(arguments)) {
            running.in().close();
            return running.await();
        }
    }

    public RunningProcess start(String... arguments) throws IOException {
        return launch(command(arguments));
    }

    /** Starts another program, which may start Juggler. */
    public RunningProcess launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JUGGLER_") || name.equals("NO_COLOR"));
        builder.environment().putAll(variables);
        if (stdout != null) {
            builder.redirectOutput(stdout);
        }
        return new RunningProcess(builder.start());
    }

    /**
     * The command line that starts Juggler. It resets INT, which a test JVM may ignore and pass on if it was started in
     * the background.
     */
    public List<String> command(String... arguments) {
        List<String> words = new ArrayList<>();
        if (Files.exists(Path.of("/usr/bin/env")) && Files.exists(Path.of("/proc/self/status"))) {
            words.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        words.addAll(java());
        words.add("-XX:AOTCache=" + CACHE);
        words.add("-Djava.io.tmpdir=" + temporary);
        words.add("-Djuggler.home=" + home);
        words.add("-Dlogback.configurationFile=" + CHECKOUT.resolve("conf/logback.xml"));
        words.addAll(main(arguments));
        return words;
    }

    private static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        return words;
    }

    private static List<String> main(String... arguments) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("-cp", CHECKOUT.resolve("target/juggler.jar").toString(), "dev.juggler.cli.Main"));
        words.addAll(List.of(arguments));
        return words;
    }
}
