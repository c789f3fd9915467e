package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.cli.run.ResumeCommand;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests outputs that fail and inputs that arrive slowly. */
class OutputIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute square 1..5",
                "compute square 1..100000",
                "compute square 1..5 --json",
                "compute square 1..5 --jsonl",
                "compute square 1..5 --reduce sum",
                "compute square 1..5 --dry-run",
                "compute --help",
                "--version"
            })
    void reportsAFullStdoutInOneLine(String command) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has /dev/full");

        EndedProcess ended = JugglerProcess.in(folder).stdoutTo(full).run(command.split(" "));

        assertEquals(5, ended.exit(), ended.toString());
        List<String> errors = ended.err().stream()
                .filter(line -> line.startsWith("juggler: "))
                .toList();
        assertEquals(1, errors.size(), ended.toString());
        assertTrue(errors.getFirst().startsWith("juggler: cannot write to standard output"), ended.toString());
        assertFalse(ended.err().toString().contains("\tat "), ended.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compute square -i -", "compute square -i - --jsonl", "exec -i - -- echo {}"})
    void aClosedPipeEndsTheRunBeforeTheInputEnds(String command) throws Exception {
        JugglerProcess juggler = JugglerProcess.in(folder);
        List<String> words = juggler.command(command.split(" "));
        String line = ResumeCommand.quoted(words) + " | head -n 1";
        try (RunningProcess running = juggler.launch(List.of("bash", "-c", "set -o pipefail; " + line))) {
            OutputStream in = running.in();
            in.write("1\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            running.out().await("1");
            // The next result is written to a closed pipe; stdin stays open.
            in.write("2\n3\n4\n".getBytes(StandardCharsets.UTF_8));
            in.flush();

            EndedProcess ended = running.await();

            assertEquals(5, ended.exit(), ended.toString());
            assertEquals(1, ended.out().size(), ended.toString());
            assertEquals(
                    "juggler: cannot write to standard output: Broken pipe",
                    ended.err().getLast());
            assertFalse(ended.err().toString().contains("\tat "), ended.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "threads", "virtual", "sequential"})
    void processesAnInputBeforeTheNextArrives(String model) throws Exception {
        try (RunningProcess running =
                JugglerProcess.in(folder).start("exec", "-m", model, "-i", "-", "--", "echo", "got {}")) {
            for (String input : List.of("a", "b", "c")) {
                running.in().write((input + "\n").getBytes(StandardCharsets.UTF_8));
                running.in().flush();
                running.out().await("got " + input);
            }
            running.in().close();
            assertEquals(0, running.await().exit());
        }
    }

    @Test
    void aFullDiskEndsTheRunWithoutTornFilesAndItResumes() throws Exception {
        Path disk = mountSmallDisk();
        try (TestSite site = TestSite.start()) {
            String[] command = {
                "fetch", "-n", "2", "-o", disk.toString(), site.origin() + "/file/{1..99}", "--journal", "j", "--json"
            };
            EndedProcess ended = JugglerProcess.in(folder).run(command);

            assertEquals(5, ended.exit(), ended.toString());
            assertEquals("output-failed", ended.report().get("ending").asText());
            assertTrue(ended.report().get("error").asText().contains("No space left on device"), ended.toString());
            assertTrue(ended.count("submitted") < 30, ended.toString());
            assertTrue(ended.err().getLast().matches("juggler: resume with: .* --resume"), ended.toString());
            List<Path> files = list(disk);
            assertFalse(files.isEmpty());
            assertEquals(ended.count("succeeded"), files.size());
            for (Path file : files) {
                int number = Integer.parseInt(file.getFileName().toString());
                assertArrayEquals(TestSite.file(number), Files.readAllBytes(file));
            }

            mount("-o", "remount,size=16m", disk.toString());
            EndedProcess rest = JugglerProcess.in(folder)
                    .run(Stream.concat(Stream.of(command), Stream.of("--resume"))
                            .toArray(String[]::new));

            assertEquals(0, rest.exit(), rest.toString());
            assertEquals(files.size(), rest.count("skipped"));
            assertEquals(99, list(disk).size());
        } finally {
            unmount(disk);
        }
    }

    @Test
    void aJournalOnAFullDiskEndsTheRunAndItResumes() throws Exception {
        Path disk = mountSmallDisk();
        try {
            String journal = disk.resolve("journal").toString();
            EndedProcess full =
                    JugglerProcess.in(folder).run("compute", "square", "1..3000", "--journal", journal, "--json");
            assertEquals(5, full.exit(), full.toString());
            assertEquals("output-failed", full.report().get("ending").asText());
            assertEquals(
                    "juggler: cannot write journal " + journal + ": No space left on device",
                    full.err().getLast());

            mount("-o", "remount,size=4m", disk.toString());
            EndedProcess rest = JugglerProcess.in(folder)
                    .run("compute", "square", "1..3000", "--journal", journal, "--json", "--resume");

            assertEquals(0, rest.exit(), rest.toString());
            assertEquals(3000, rest.count("skipped") + rest.count("succeeded"));
            assertTrue(rest.count("skipped") > 0);
        } finally {
            unmount(disk);
        }
    }

    @Test
    void programOutputOnAFullDiskEndsTheRunAndItResumes() throws Exception {
        Path disk = mountSmallDisk();
        try {
            String[] command = {"exec", "-n", "2", "1..40", "--json", "--journal", "j", "--", "echo", "{}"};
            EndedProcess full = JugglerProcess.in(folder).temporary(disk).run(command);

            assertEquals(5, full.exit(), full.toString());
            assertEquals("output-failed", full.report().get("ending").asText());
            assertTrue(
                    full.report().get("error").asText().contains("is full, so output may be missing"), full::toString);
            assertTrue(full.count("submitted") < 40, full::toString);
            assertTrue(full.err().getLast().matches("juggler: resume with: .* --resume .*"), full::toString);

            mount("-o", "remount,size=16m", disk.toString());
            List<String> rest = new ArrayList<>(List.of(command));
            rest.add(rest.indexOf("--"), "--resume");
            EndedProcess all = JugglerProcess.in(folder).temporary(disk).run(rest.toArray(String[]::new));

            assertEquals(0, all.exit(), all.toString());
            assertEquals(40, all.count("skipped") + all.count("succeeded"));
        } finally {
            unmount(disk);
        }
    }

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private Path mountSmallDisk() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a disk that fills up");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                mount("-t", "tmpfs", "-o", "size=64k", "none", disk.toString()),
                "this machine does not let root mount a disk");
        return disk;
    }

    private static boolean mount(String... arguments) throws Exception {
        List<String> command =
                Stream.concat(Stream.of("mount"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void unmount(Path disk) throws Exception {
        new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
}
