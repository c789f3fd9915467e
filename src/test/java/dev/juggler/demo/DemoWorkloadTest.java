package dev.juggler.demo;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorkloadTest {
    private static final Path FILES = Path.of("/tmp/files");
    private static final Path OUT = Path.of("/tmp/out");

    @Test
    void everyWorkloadStartsWithACommand() {
        for (DemoWorkload workload : DemoWorkload.all()) {
            assertTrue(
                    Set.of("fetch", "compute", "exec")
                            .contains(arguments(workload).getFirst()),
                    workload.title());
        }
    }

    @Test
    void theTutorialMeasuredProcessesForFourWorkloads() {
        List<Integer> timed = IntStream.rangeClosed(1, DemoWorkload.all().size())
                .filter(number -> DemoWorkload.all()
                        .get(number - 1)
                        .measuredSeconds("processes")
                        .isPresent())
                .boxed()
                .toList();
        assertEquals(List.of(1, 3, 7, 9), timed);
    }

    @Test
    void replacesAllPlaceholders() {
        for (DemoWorkload workload : DemoWorkload.all()) {
            for (String argument : arguments(workload)) {
                assertFalse(argument.matches(".*\\{(origin|files|out)}.*"), argument);
            }
        }
    }

    @Test
    void keepsTheBracesThatTheCommandLineExpands() {
        assertEquals(
                List.of("fetch", "http://127.0.0.1:1/site/{a,b,c}/{1..30}?delay=25"),
                arguments(DemoWorkload.all().getFirst()));
        assertTrue(DemoWorkload.all().stream()
                .map(DemoWorkloadTest::arguments)
                .anyMatch(arguments -> arguments.containsAll(List.of("{}", "{.}.html"))));
    }

    @Test
    void usesOnlyFilesThatTheDemoWrites(@TempDir Path folder) throws Exception {
        DemoFiles.write(folder);
        writeAlbum(folder);

        for (DemoWorkload workload : DemoWorkload.all()) {
            for (String argument : workload.arguments("http://127.0.0.1:1", folder, OUT)) {
                if (argument.startsWith(folder.toString())) {
                    assertTrue(Files.exists(Path.of(argument.replaceFirst("/\\*\\*.*", ""))), argument);
                }
            }
        }
    }

    /** Writes the album's list from the site's API and checks its links. */
    private static void writeAlbum(Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            DemoSite site = await(DemoSite.start(vertx));
            await(DemoAlbum.writeList(vertx, site.origin(), folder));
            List<String> links = Files.readAllLines(folder.resolve(DemoAlbum.LIST));
            assertEquals(24, links.size());
            assertTrue(links.stream().allMatch(link -> link.startsWith(site.origin() + "/images/")), links.toString());
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void oneWorkloadWritesFiles() {
        List<DemoWorkload> writing =
                DemoWorkload.all().stream().filter(DemoWorkload::writesFiles).toList();

        assertEquals(1, writing.size());
        assertTrue(arguments(writing.getFirst()).containsAll(List.of("-o", OUT.toString())));
    }

    @Test
    void hasTheTutorialsTimes() {
        DemoWorkload pages = DemoWorkload.all().getFirst();

        assertEquals(17.6, pages.measuredSeconds("sequential").orElseThrow());
        assertTrue(pages.measuredSeconds("virtual").isEmpty());
        assertEquals("sequential 17.6 s, threads 6.4 s, processes 6.1 s", pages.measuredLine());
    }

    @Test
    void titlesAreUniqueAndFitALine() {
        Set<String> titles = new HashSet<>();
        for (DemoWorkload workload : DemoWorkload.all()) {
            assertTrue(titles.add(workload.title()));
            assertTrue(workload.title().length() <= 85, workload.title());
        }
    }

    private static List<String> arguments(DemoWorkload workload) {
        return workload.arguments("http://127.0.0.1:1", FILES, OUT);
    }
}
