package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.demo.DemoSite;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests downloads of an album whose links come from an API that needs a client id. */
class ApiInputIT {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private String album;

    @BeforeEach
    void start() {
        DemoSite site =
                DemoSite.start(vertx).toCompletionStage().toCompletableFuture().join();
        album = site.origin() + "/3/album/juggler/images?page=1";
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private EndedProcess fetch(String... more) throws Exception {
        Files.writeString(folder.resolve(".env"), "# of the image service\nCLIENT_ID=abc123\n");
        Stream<String> words = Stream.of("fetch", "--from", album, "--env-file", ".env");
        return JugglerProcess.in(folder)
                .run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void downloadsThePicturesOfAllPages() throws Exception {
        String header = "Authorization: Client-ID ${CLIENT_ID}";
        EndedProcess ended = fetch("--select", "/data/*/link", "--next", "/next", "-H", header, "-o", "downloads");

        assertEquals(0, ended.exit(), ended.toString());
        long pictures;
        try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
            pictures = files.count();
        }
        assertTrue(pictures > 10, pictures + " pictures");
        assertEquals(pictures, ended.out().size());
        assertTrue(ended.out().stream().allMatch(line -> line.endsWith(" downloaded into downloads/")));
    }

    @Test
    void reportsApiErrorsInOneLineAndRunsNothing() throws Exception {
        String header = "Authorization: Client-ID ${CLIENT_ID}";
        assertUsage("401 Unauthorized", fetch("--select", "/data/*/link"));
        assertUsage("--select '/data/*/href' selects nothing", fetch("--select", "/data/*/href", "-H", header));
        assertUsage("not a JSON Pointer", fetch("--select", "data", "-H", header));
        assertUsage("--from needs --select", fetch("-H", header));
    }

    private static void assertUsage(String message, EndedProcess ended) {
        assertEquals(2, ended.exit(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().contains(message), ended.toString());
        assertEquals(List.of(), ended.out());
    }
}
