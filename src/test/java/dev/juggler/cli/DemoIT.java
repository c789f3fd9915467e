package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.ConcurrencyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests two of the demo's workloads, one of them on its site, with their tables and the page. */
class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void runsWorkloadsUnderEveryModelAndWritesThePage() throws Exception {
        EndedProcess ended = JugglerProcess.in(folder).run("demo", "9", "7", "--html", "page.html");

        assertEquals(0, ended.exit(), ended.toString());
        assertEquals(List.of(), ended.err());
        for (ConcurrencyModel model : ConcurrencyModel.values()) {
            assertEquals(2, rows(ended, model), ended.toString());
        }
        assertEquals(
                "Timelines of all models, as a page for a browser: " + folder.resolve("page.html"),
                ended.out().getLast());
        String page = Files.readString(folder.resolve("page.html"));
        assertEquals(2 * ConcurrencyModel.values().length, page.split("<figure>").length - 1);
        assertTrue(page.endsWith("</html>\n"), page);
    }

    private static long rows(EndedProcess ended, ConcurrencyModel model) {
        return ended.out().stream()
                .filter(line -> line.startsWith(" " + model.id() + " "))
                .count();
    }
}
