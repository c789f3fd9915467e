package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A copy of this checkout, with scripts in place of java and mvn that record their calls. */
abstract class RunScriptFixture {
    private static final String TOOLS =
            "bash cat cp date dirname find flock ln mkdir mv readlink rm rmdir sed sleep tail timeout touch tr";

    // Records its arguments and its locale; a training run writes a cache if TRAINS is set.
    private static final String JAVA = """
        #!/bin/bash
        printf '%s %s\\nlocale %s %s\\n' "$0" "$*" "${LC_ALL-unset}" "${LC_CTYPE-unset}" >>"$CALLS"
        for arg; do
          case $arg in
            -XX:AOTCacheOutput=*) [[ -z ${TRAINS:-} ]] || echo cache >"${arg#*=}"; exit 0 ;;
          esac
        done
        printf '%s\\n' "$$" "$@"
        exit 7
        """;

    // Called as mvn -f HOME/pom.xml …: records the call and creates the files of a build.
    private static final String MVN = """
        #!/bin/bash
        printf 'mvn %s\\n' "$*" >>"$CALLS"
        [[ -z ${BREAKS:-} ]] || { echo '[ERROR] no such symbol'; exit 1; }
        mkdir -p "${2%/*}/target/lib" && echo jar >"${2%/*}/target/juggler.jar"
        """;

    @TempDir
    Path temp;

    Path checkout;
    Path calls;
    final Map<String, String> environment = new TreeMap<>();

    /** The exit code and the output of a program that ended. */
    record Ended(long pid, int exit, List<String> out, List<String> err) {}

    @BeforeEach
    void copyTheCheckout() throws IOException {
        checkout = temp.toRealPath().resolve("a check out");
        calls = Files.createFile(temp.resolve("calls"));
        copy("pom.xml");
        copy("run.sh");
        copy("conf");
        copy("src/main");
        environment.put("HOME", Files.createDirectory(temp.resolve("home")).toString());
        environment.put("CALLS", calls.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /**
     * Disables the training, which a test that builds runs anyway: the program that limits its time fails instead of
     * starting it.
     */
    void disableTraining() throws IOException {
        Path tools = Files.createDirectory(temp.resolve("no-training"));
        executable(tools.resolve("timeout"), "#!/bin/sh\nexit 1\n");
        environment.put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
    }

    /** Replaces java and mvn by scripts and hides the JDKs of this machine from the copied run.sh. */
    void useScripts(String version) throws IOException {
        environment.put("JAVA_HOME", jdk("jdk", version).toString());
        Path tools = Files.createDirectory(temp.resolve("tools"));
        for (String tool : TOOLS.split(" ")) {
            for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.exists(folder.resolve(tool)) && Files.notExists(tools.resolve(tool))) {
                    executable(tools.resolve(tool), "#!/bin/sh\nexec " + folder.resolve(tool) + " \"$@\"\n");
                }
            }
        }
        executable(tools.resolve("mvn"), MVN);
        environment.put("PATH", tools.toString());
        Path script = checkout.resolve("run.sh");
        FileTime time = Files.getLastModifiedTime(script);
        String text = Files.readString(script);
        for (String folder : List.of("/usr/lib/jvm/", "/Library/Java/", "/opt/")) {
            assertTrue(text.contains(folder));
            text = text.replace(folder, "/nowhere" + folder);
        }
        Files.writeString(script, text);
        Files.setLastModifiedTime(script, time);
    }

    Path jdk(String folder, String version) throws IOException {
        Path home = temp.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), JAVA);
        executable(home.resolve("bin/javac"), "");
        return home;
    }

    static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Process start(String... arguments) throws IOException {
        return start(temp, checkout.resolve("run.sh").toString(), arguments);
    }

    Process start(Path folder, String script, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(script), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Ended await(Process process) throws InterruptedException, IOException {
        process.getOutputStream().close();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still running");
        // The output fits into a pipe's buffer, so it can be read after the end.
        return new Ended(
                process.pid(),
                process.exitValue(),
                process.inputReader().lines().toList(),
                process.errorReader().lines().toList());
    }

    /** Makes a file newer than everything built so far, as an editor does, without waiting for the clock. */
    void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(file), FileTime.from(Instant.now().plusSeconds(1)));
    }

    /** The number of recorded calls whose line contains a text. */
    long calls(String text) throws IOException {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    long builds() throws IOException {
        try (Stream<Path> all = Files.list(checkout.resolve("target/dist"))) {
            return all.filter(Files::isDirectory).count();
        }
    }

    /** Copies a file or folder of this checkout with its times, by which run.sh decides whether to build. */
    void copy(String name) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(Path.of(name))) {
            all = files.toList();
        }
        for (Path file : all) {
            Path to = checkout.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
        // Copying into a folder changed its time, so set the times again.
        for (Path file : all) {
            Files.setLastModifiedTime(checkout.resolve(file), Files.getLastModifiedTime(file));
        }
    }
}
