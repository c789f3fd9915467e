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

/** A copy of this checkout, and small scripts for the place of java and mvn, which write down how they were called. */
abstract class RunScriptFixture {
    private static final String TOOLS =
            "bash cat cp date dirname find flock ln mkdir mv readlink rm rmdir sed sleep tail timeout touch tr";

    // Called as java: notes its arguments and its locale; a training run leaves a cache if told to.
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

    // Called as mvn -f HOME/pom.xml …: notes it and leaves what a build leaves.
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

    /** How a program ended, and what it said. */
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

    /** The training is done in its time by the test that builds; here the program that bounds it refuses to start it. */
    void startWithoutTraining() throws IOException {
        Path tools = Files.createDirectory(temp.resolve("no-training"));
        executable(tools.resolve("timeout"), "#!/bin/sh\nexit 1\n");
        environment.put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
    }

    /** Puts scripts in the place of java and mvn, and hides the JDKs of this machine from the copied run.sh. */
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
        // What the script says is far smaller than a pipe holds, so reading after the end is enough.
        return new Ended(
                process.pid(),
                process.exitValue(),
                process.inputReader().lines().toList(),
                process.errorReader().lines().toList());
    }

    /** As an editor that saves: newer than whatever was built until now, without waiting for the clock. */
    void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(file), FileTime.from(Instant.now().plusSeconds(1)));
    }

    long called(String program) throws IOException {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(program)).count();
        }
    }

    long builds() throws IOException {
        try (Stream<Path> all = Files.list(checkout.resolve("target/dist"))) {
            return all.filter(Files::isDirectory).count();
        }
    }

    /** Copies a file or folder of this checkout with its times, by which run.sh judges what is new. */
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
        // Again, now that nothing more is put into the folders.
        for (Path file : all) {
            Files.setLastModifiedTime(checkout.resolve(file), Files.getLastModifiedTime(file));
        }
    }
}
