package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests {@code run.sh} in copies of this checkout. Two tests use the real JDK and the real jar; the others replace java
 * and mvn by scripts that record their calls.
 */
class RunScriptIT extends RunScriptFixture {
    @Test
    void startsTheJarThroughSymbolicLinksFromAnyFolder() throws Exception {
        copy("target/juggler.jar");
        copy("target/lib");
        copy("target/classes");
        touch("target/classes/dev/juggler/cli/Main.class");
        touch("target/juggler.jar");
        disableTraining();
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("to-script"), Path.of("../a check out/run.sh"));
        Files.createSymbolicLink(bin.resolve("juggler"), bin.resolve("to-script"));

        for (String script : List.of(bin.resolve("juggler").toString(), "bin/juggler", "a check out/run.sh")) {
            Ended ended = await(start(temp, script, "--version"));
            assertEquals(List.of("juggler 0.1.0"), ended.out(), ended.toString());
            assertEquals(0, ended.exit());
            assertFalse(ended.err().toString().contains("building"), "an up-to-date jar was built again");
        }
    }

    @Test
    void concurrentFirstStartsBuildOnce() throws Exception {
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
    void becomesTheJvmAndKeepsArgumentsAndExitCode() throws Exception {
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
    void passesItsCommandNameAndTheTemporaryFolder() throws Exception {
        useScripts("25.0.1");
        environment.put("TMPDIR", temp.toString());
        Files.createSymbolicLink(temp.resolve("jug gler"), checkout.resolve("run.sh"));

        List<String> out = await(start(temp, "./jug gler")).out();

        assertTrue(out.contains("-Djuggler.command=./jug gler"), out.toString());
        assertTrue(out.contains("-Djava.io.tmpdir=" + temp), out.toString());
    }

    @Test
    void aSignalEndsTheTraining() throws Exception {
        useScripts("25.0.1");
        executable(temp.resolve("jdk/bin/java"), """
            #!/bin/bash
            [[ $* == *aot-training* ]] || exit 0
            echo $$ >"$HOME/training"
            exec sleep 1000
            """);

        Path trains = temp.resolve("home/training");
        Process starting = start("compute");
        Waiting.until("it trains", () -> Files.exists(trains) && Files.size(trains) > 0);
        starting.toHandle().destroy();

        assertEquals(143, await(starting).exit());
        long training = Long.parseLong(Files.readString(trains).strip());
        Waiting.until("it is gone", () -> ProcessHandle.of(training).isEmpty());
    }

    @Test
    void otherShellsHandOverToBash() throws Exception {
        useScripts("25.0.1");

        Ended ended = await(start(temp, "/bin/sh", checkout.resolve("run.sh").toString(), "exec", "a  b"));

        assertEquals(7, ended.exit(), ended.toString());
        assertEquals("a  b", ended.out().getLast());
    }

    /** Checks closed streams, whose numbers the JVM would otherwise use for its own files. */
    @Test
    void closedStreamsAreEmptyOrNotWritable() throws Exception {
        useScripts("25.0.1");
        executable(temp.resolve("jdk/bin/java"), """
            #!/bin/bash
            read -r line && exit 1
            echo result 2>/dev/null && exit 2
            echo warning >&2 || exit 3
            exit 9
            """);
        String closing = "exec \"$0\" compute <&- >&- 2>&-";

        Ended ended = await(start(
                temp, "/bin/bash", "-c", closing, checkout.resolve("run.sh").toString()));

        assertEquals(9, ended.exit());
    }

    @Test
    void appendsTheUsersJvmOptions() throws Exception {
        useScripts("25.0.1");
        environment.put("JUGGLER_JAVA_OPTS", "-Xmx64m  -Da=b");

        List<String> out = await(start()).out();

        assertEquals(List.of("-Xmx64m", "-Da=b", "-cp"), out.subList(out.indexOf("-Xmx64m"), out.indexOf("-cp") + 1));
    }

    /** Java replaces characters beyond ASCII by question marks in the C and POSIX locales. */
    @ParameterizedTest
    @CsvSource({
        "LANG=C, unset C.UTF-8",
        "LANG=POSIX, unset C.UTF-8",
        "LANG=, unset C.UTF-8",
        "LANG=de_DE.UTF-8, unset unset",
        "LANG=de_DE.UTF-8 LC_CTYPE=C, unset C.UTF-8",
        "LANG=C LC_CTYPE=de_DE.UTF-8, unset de_DE.UTF-8",
        "LANG=de_DE.UTF-8 LC_ALL=C, C.UTF-8 unset",
        "LANG=C LC_ALL=de_DE.ISO-8859-1, de_DE.ISO-8859-1 unset"
    })
    void replacesOnlyTheCAndPosixLocales(String locale, String expected) throws Exception {
        useScripts("25.0.1");
        for (String variable : locale.split(" ")) {
            environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*=", ""));
        }

        await(start());

        assertEquals("locale " + expected, Files.readAllLines(calls).getLast());
    }

    @Test
    void passesThatTheOutputIsNotATerminal() throws Exception {
        useScripts("25.0.1");

        List<String> out = await(start()).out();

        assertTrue(out.containsAll(List.of("-Djuggler.tty.1=false", "-Djuggler.tty.2=false")), out.toString());
    }

    @Test
    void buildsOnlyAfterChangesAndKeepsTwoBuilds() throws Exception {
        useScripts("25.0.1");
        assertEquals(1, await(start()).err().size());
        assertEquals(List.of(), await(start()).err());
        assertEquals(1, calls("mvn -f"));

        for (int changes = 1; changes <= 3; changes++) {
            touch("src/main/java/dev/juggler/cli/Main.java");
            await(start());
            assertEquals(1 + changes, calls("mvn -f"));
        }

        assertEquals(2, builds(), "the current build and the previous one");
    }

    @Test
    void trainsOnceAndUsesTheCacheExceptForTheVersion() throws Exception {
        useScripts("25.0.1");
        environment.put("TRAINS", "yes");

        for (int i = 0; i < 2; i++) {
            List<String> out = await(start()).out();
            assertTrue(out.stream().anyMatch(arg -> arg.startsWith("-XX:AOTCache=" + checkout)));
        }
        assertTrue(await(start("--version")).out().stream().noneMatch(arg -> arg.startsWith("-XX:AOTCache=")));

        assertEquals(1, calls("aot-training"));
    }

    @Test
    void trainingIgnoresTheUsersSettings() throws Exception {
        useScripts("25.0.1");
        executable(temp.resolve("jdk/bin/java"), """
            #!/bin/bash
            [[ $* == *aot-training* ]] || exit 0
            printf '%s\n' "${JUGGLER_MODEL-nothing}" "$@" >"$HOME/training"
            """);
        environment.put("JUGGLER_MODEL", "none such");

        await(start("compute"));

        List<String> training = Files.readAllLines(temp.resolve("home/training"));
        assertEquals("nothing", training.getFirst());
        String home = training.stream()
                .filter(arg -> arg.startsWith("-Djuggler.home="))
                .toList()
                .getLast();
        assertFalse(Files.exists(Path.of(home.substring(home.indexOf('=') + 1), "conf")), home);
    }

    @Test
    void clusterCommandsHaveTheirOwnCache() throws Exception {
        useScripts("25.0.1");
        environment.put("TRAINS", "yes");

        assertTrue(await(start("fetch")).out().stream().noneMatch(arg -> arg.endsWith("-cluster.aot")));
        assertEquals(0, calls("aot-training --cluster"));
        for (String[] command : new String[][] {
            {"compare", "--models", "async,threads:5", "--", "fetch"},
            {"fetch", "http://127.0.0.1/processes?model=processes"}
        }) {
            assertTrue(await(start(command)).out().stream().noneMatch(arg -> arg.endsWith("-cluster.aot")));
        }
        for (String[] command : new String[][] {
            {"node"},
            {"demo"},
            {"compare", "--", "fetch"},
            {"compare", "--models", "async,processes:2", "--", "fetch"},
            {"compute", "square", "-qm", "processes", "1"},
            {"tune", "--", "compute", "square", "--model=processes", "1"},
            {"run", "dev.juggler.service.FetchVerticle", "--cluster"}
        }) {
            List<String> out = await(start(command)).out();
            assertTrue(out.stream().anyMatch(arg -> arg.endsWith("-cluster.aot")), out.toString());
        }
        environment.put("JUGGLER_MODEL", "processes");
        assertTrue(await(start("fetch")).out().stream().anyMatch(arg -> arg.endsWith("-cluster.aot")));
        assertEquals(1, calls("aot-training --cluster"));
    }

    @Test
    void startsWithoutACacheAfterAFailedTraining() throws Exception {
        useScripts("25.0.1");

        for (int i = 0; i < 2; i++) {
            assertFalse(await(start()).out().stream().anyMatch(arg -> arg.startsWith("-XX:AOT")));
        }

        assertEquals(1, calls("aot-training"));
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
    void needsMavenOnlyToBuild() throws Exception {
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
    void concurrentStartsBuildOnceWithoutFlock() throws Exception {
        useScripts("25.0.1");
        Files.delete(temp.resolve("tools/flock"));
        // The lock of a start that was killed. Linux does not assign process ids this large.
        Files.createSymbolicLink(
                Files.createDirectories(checkout.resolve("target/dist")).resolve(".lock.pid"), Path.of("99999999"));

        for (Process each : List.of(start(), start(), start())) {
            assertEquals(7, await(each).exit());
        }

        assertEquals(1, calls("mvn -f"));
    }

    @Test
    void listsTheJdksFoundIfNoneIsNewEnough() throws Exception {
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
    void prefersANewerJdkToAnOlderJavaHomeAndAJre() throws Exception {
        useScripts("17.0.2");
        Files.delete(jdk("home/.jdks/a-jre", "25.0.1").resolve("bin/javac"));
        Path newer = jdk("home/.jdks/b-jdk", "26-ea");

        assertEquals(7, await(start()).exit());

        assertEquals(3, calls(newer + "/bin/java"), "class files, training and start");
        assertEquals(3, calls("/bin/java"));
    }
}
