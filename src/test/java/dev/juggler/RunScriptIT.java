package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code run.sh} from outside, in copies of this checkout. Two tests use the real JDK and the real jar; the others put
 * small scripts in the place of java and mvn, which write down how they were called.
 */
class RunScriptIT {
    private static final String TOOLS =
            "bash cat cp date dirname find flock ln mkdir mv readlink rm rmdir sed sleep tail timeout touch tr";

    // Called as java: notes its arguments and its locale; a training run leaves a cache if told to.
    private static final String JAVA = """
        #!/bin/bash
        printf '%s %s\\nlocale %s\\n' "$0" "$*" "${LC_ALL-unset}" >>"$CALLS"
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
    private Path temp;

    private Path checkout;
    private Path calls;
    private final Map<String, String> environment = new TreeMap<>();

    /** How a program ended, and what it said. */
    private record Ended(long pid, int exit, List<String> out, List<String> err) {}

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

    @Test
    void startsTheRealJarThroughLinksFromAnyFolder() throws Exception {
        copy("target/juggler.jar");
        copy("target/lib");
        copy("target/classes");
        touch("target/classes/dev/juggler/cli/Main.class");
        touch("target/juggler.jar");
        startWithoutTraining();
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("to-script"), Path.of("../a check out/run.sh"));
        Files.createSymbolicLink(bin.resolve("juggler"), bin.resolve("to-script"));

        for (String script : List.of(bin.resolve("juggler").toString(), "bin/juggler", "a check out/run.sh")) {
            Ended ended = await(start(temp, script, "--version"));
            assertEquals(List.of("juggler 0.1.0"), ended.out(), ended.toString());
            assertEquals(0, ended.exit());
            assertFalse(ended.err().toString().contains("building"), "Maven's fresh jar is taken as it is");
        }
    }

    /** The training is done in its time by the test that builds; here the program that bounds it refuses to start it. */
    private void startWithoutTraining() throws IOException {
        Path tools = Files.createDirectory(temp.resolve("no-training"));
        executable(tools.resolve("timeout"), "#!/bin/sh\nexit 1\n");
        environment.put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn"))),
                "no mvn on the PATH");
        environment.put("HOME", System.getProperty("user.home"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
        }

        List<Process> both = List.of(start("--version"), start("--version"));

        int building = 0;
        for (Process each : both) {
            Ended ended = await(each);
            assertEquals(List.of("juggler 0.1.0"), ended.out(), ended.toString());
            building += (int) ended.err().stream()
                    .filter(line -> line.startsWith("juggler: building"))
                    .count();
        }
        assertEquals(1, building);
        assertEquals(1, builds());
    }

    @Test
    void becomesTheJvmAndPassesArgumentsAndExitCodeOn() throws Exception {
        useScripts("25.0.1");

        Ended ended = await(start("exec", "", "a  b", "*", "--", "$HOME"));

        assertEquals(7, ended.exit());
        assertEquals(Long.toString(ended.pid()), ended.out().getFirst());
        int main = ended.out().indexOf("dev.juggler.cli.Main");
        assertEquals(
                List.of("exec", "", "a  b", "*", "--", "$HOME"),
                ended.out().subList(main + 1, ended.out().size()));
        assertTrue(ended.out().contains("-Djuggler.home=" + checkout));
    }

    @Test
    void appendsTheUsersJvmOptions() throws Exception {
        useScripts("25.0.1");
        environment.put("JUGGLER_JAVA_OPTS", "-Xmx64m  -Da=b");

        List<String> out = await(start()).out();

        assertEquals(List.of("-Xmx64m", "-Da=b", "-cp"), out.subList(out.indexOf("-Xmx64m"), out.indexOf("-cp") + 1));
    }

    /** Java turns letters beyond ASCII into question marks in the plain locales. */
    @ParameterizedTest
    @CsvSource({
        "LANG=C, C.UTF-8",
        "LANG=POSIX, C.UTF-8",
        "LANG=, C.UTF-8",
        "LANG=de_DE.UTF-8, unset",
        "LANG=de_DE.UTF-8 LC_CTYPE=C, C.UTF-8",
        "LANG=C LC_CTYPE=de_DE.UTF-8, unset",
        "LANG=de_DE.UTF-8 LC_ALL=C, C.UTF-8",
        "LANG=C LC_ALL=de_DE.ISO-8859-1, de_DE.ISO-8859-1"
    })
    void aPlainLocaleIsReplacedByOneWithAllLettersAndNoOtherIs(String locale, String expected) throws Exception {
        useScripts("25.0.1");
        for (String variable : locale.split(" ")) {
            environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*=", ""));
        }

        await(start());

        assertEquals("locale " + expected, Files.readAllLines(calls).getLast());
    }

    @Test
    void shortRunsStayWithTheFirstCompiler() throws Exception {
        useScripts("25.0.1");
        Path few = Files.writeString(temp.resolve("few"), "http://h/\n");
        Path many = Files.writeString(temp.resolve("many"), "http://h/\n".repeat(200_000));
        String first = "-XX:TieredStopAtLevel=1";

        assertTrue(await(start("exec", "1", "--", "true")).out().contains(first));
        assertTrue(await(start("fetch", "-i", few.toString())).out().contains(first));
        assertFalse(await(start("fetch", "-i", many.toString())).out().contains(first));
        assertFalse(await(start("fetch", "--input=" + many)).out().contains(first));
        assertFalse(await(start("fetch", "-i", "-")).out().contains(first));
        for (String command : List.of("compute", "compare", "tune", "demo", "node", "run")) {
            assertFalse(await(start(command, "square", "1")).out().contains(first), command);
        }
    }

    @Test
    void tellsTheJvmThatItsOutputIsNoTerminal() throws Exception {
        useScripts("25.0.1");

        List<String> out = await(start()).out();

        assertTrue(out.containsAll(List.of("-Djuggler.tty.1=false", "-Djuggler.tty.2=false")), out.toString());
    }

    @Test
    void buildsAgainOnlyWhenSourcesChangedAndKeepsNoPile() throws Exception {
        useScripts("25.0.1");
        assertEquals(1, await(start()).err().size());
        assertEquals(List.of(), await(start()).err());
        assertEquals(1, called("mvn -f"));

        for (int changes = 1; changes <= 3; changes++) {
            touch("src/main/java/dev/juggler/cli/Main.java");
            await(start());
            assertEquals(1 + changes, called("mvn -f"));
        }

        assertEquals(2, builds(), "the one in use and the one before");
    }

    @Test
    void trainsOnceAndStartsWithTheCacheWhichTheVersionNeedsNot() throws Exception {
        useScripts("25.0.1");
        environment.put("TRAINS", "yes");

        for (int i = 0; i < 2; i++) {
            List<String> out = await(start()).out();
            assertTrue(out.stream().anyMatch(arg -> arg.startsWith("-XX:AOTCache=" + checkout)));
        }
        assertTrue(await(start("--version")).out().stream().noneMatch(arg -> arg.startsWith("-XX:AOTCache=")));

        assertEquals(1, called("aot-training"));
    }

    @Test
    void commandsOfTheClusterHaveACacheOfTheirOwn() throws Exception {
        useScripts("25.0.1");
        environment.put("TRAINS", "yes");

        assertTrue(await(start("fetch")).out().stream().noneMatch(arg -> arg.endsWith("-cluster.aot")));
        assertEquals(0, called("aot-training --cluster"));
        for (String[] command : new String[][] {{"node"}, {"compute", "square", "-m", "processes", "1"}}) {
            List<String> out = await(start(command)).out();
            assertTrue(out.stream().anyMatch(arg -> arg.endsWith("-cluster.aot")), out.toString());
        }
        assertEquals(1, called("aot-training --cluster"));
    }

    @Test
    void startsWithoutACacheAndDoesNotTryAgainWhenTrainingFails() throws Exception {
        useScripts("25.0.1");

        for (int i = 0; i < 2; i++) {
            assertFalse(await(start()).out().stream().anyMatch(arg -> arg.startsWith("-XX:AOT")));
        }

        assertEquals(1, called("aot-training"));
    }

    @Test
    void showsTheEndOfAFailedBuildAndExitsWithTwo() throws Exception {
        useScripts("25.0.1");
        environment.put("BREAKS", "yes");

        Ended ended = await(start("fetch"));

        assertEquals(2, ended.exit());
        assertEquals(List.of(), ended.out());
        assertTrue(ended.err().contains("[ERROR] no such symbol"), ended.toString());
    }

    @Test
    void saysThatMavenIsMissingOnlyWhenItIsNeeded() throws Exception {
        useScripts("25.0.1");
        await(start());
        Files.delete(temp.resolve("tools/mvn"));
        assertEquals(7, await(start()).exit());

        touch("pom.xml");
        Ended ended = await(start());

        assertEquals(2, ended.exit());
        assertTrue(ended.err().getLast().contains("Maven is needed"), ended.toString());
    }

    @Test
    void withoutFlockSeveralStartsAtOnceStillBuildOnce() throws Exception {
        useScripts("25.0.1");
        Files.delete(temp.resolve("tools/flock"));
        // A start that was killed has left its lock behind. No process has this id: it is above what Linux gives.
        Files.createSymbolicLink(
                Files.createDirectories(checkout.resolve("target/dist")).resolve(".lock.pid"), Path.of("99999999"));

        for (Process each : List.of(start(), start(), start())) {
            assertEquals(7, await(each).exit());
        }

        assertEquals(1, called("mvn -f"));
    }

    @Test
    void namesTheJdksFoundWhenNoneIsNewEnough() throws Exception {
        useScripts("17.0.2");
        jdk("home/.jdks/old", "1.8.0_402");
        jdk("home/.sdkman/candidates/java/21-tem", "21.0.1");

        Ended ended = await(start("--version"));

        assertEquals(2, ended.exit());
        assertEquals(List.of(), ended.out());
        assertEquals(1, ended.err().size(), ended.toString());
        for (String part : List.of("no JDK 25 or newer", "17.0.2 in ", "1.8.0_402 in ", "21.0.1 in ", "JAVA_HOME")) {
            assertTrue(ended.err().getFirst().contains(part), ended.toString());
        }
    }

    @Test
    void passesOverAnOlderJavaHomeAndAJreForANewerJdk() throws Exception {
        useScripts("17.0.2");
        Files.delete(jdk("home/.jdks/a-jre", "25.0.1").resolve("bin/javac"));
        Path newer = jdk("home/.jdks/b-jdk", "26-ea");

        assertEquals(7, await(start()).exit());

        assertEquals(3, called(newer + "/bin/java"), "class files, training and start");
        assertEquals(3, called("/bin/java"));
    }

    /** Puts scripts in the place of java and mvn, and hides the JDKs of this machine from the copied run.sh. */
    private void useScripts(String version) throws IOException {
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

    private Path jdk(String folder, String version) throws IOException {
        Path home = temp.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), JAVA);
        executable(home.resolve("bin/javac"), "");
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String... arguments) throws IOException {
        return start(temp, checkout.resolve("run.sh").toString(), arguments);
    }

    private Process start(Path folder, String script, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(script), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended await(Process process) throws InterruptedException, IOException {
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
    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(file), FileTime.from(Instant.now().plusSeconds(1)));
    }

    private long called(String program) throws IOException {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(program)).count();
        }
    }

    private long builds() throws IOException {
        try (Stream<Path> all = Files.list(checkout.resolve("target/dist"))) {
            return all.filter(Files::isDirectory).count();
        }
    }

    /** Copies a file or folder of this checkout with its times, by which run.sh judges what is new. */
    private void copy(String name) throws IOException {
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
