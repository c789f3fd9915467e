package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --model processes} on the command line: child JVMs that fetch many files, and that outlive no parent. */
class PoolIT {
    private static final int FILES = 600;

    @AutoClose
    private static final TestSite SITE = TestSite.start();

    @TempDir
    private Path folder;

    @Test
    void processesFetchManyFilesWithSeveralRequestsEach() throws Exception {
        EndedProcess ended = JugglerProcess.in(folder)
                .run(
                        "fetch",
                        "-m",
                        "processes",
                        "-n",
                        "2",
                        "--per-process",
                        "async:16",
                        "-o",
                        "out",
                        "--json",
                        SITE.origin() + "/file/{1.." + FILES + "}");

        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(FILES, ended.count("succeeded"), ended.toString());
        assertEquals(FILES, SITE.asked().size(), "each was requested once");
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals(FILES, files.count());
        }
    }

    @Test
    void theProcessesEndWithTheirParentEvenWhenItIsKilled() throws Exception {
        try (RunningProcess parent = JugglerProcess.in(folder)
                .start("compute", "-m", "processes", "-n", "2", "--chunk", "1", "sleep", "1ms", "1ms", "1h", "1h")) {
            parent.out().await("1ms");
            List<ProcessHandle> children = parent.descendants();
            assertEquals(2, children.size(), children::toString);

            parent.kill();

            Waiting.until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
