package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.work.InvalidWorkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchWorkTest {
    @TempDir
    Path folder;

    @Test
    void rejectsInvalidRequests() {
        Stream.of("", "GET /x", "GE\r\nT", "CONNECT").forEach(method -> assertUsage(spec(method, null)));
        Stream.of(
                        new Header("", "v"),
                        new Header("a b", "v"),
                        new Header("X:", "v"),
                        new Header("X", "a\r\nY: b"),
                        new Header("X", "a\nb"),
                        new Header("X", "ü"),
                        new Header("Content-Length", "3"),
                        new Header("Transfer-Encoding", "chunked"))
                .forEach(header -> assertUsage(spec("GET", null, header)));
        assertUsage(spec("HEAD", folder.toString()));
    }

    @Test
    void createsTheOutputFolderAndLeavesNothingInIt() throws Exception {
        Path deep = folder.resolve("a/b");
        FetchWork.prepare(spec("GET", deep.toString())).close();
        assertTrue(Files.isDirectory(deep));
        assertEquals(List.of(), FetchFixture.names(deep));
    }

    @Test
    void refusesAnOutputFolderThatIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path path : List.of(file, file.resolve("below"))) {
            InvalidWorkException refused =
                    assertThrows(InvalidWorkException.class, () -> FetchWork.prepare(spec("GET", path.toString())));
            assertTrue(refused.isOutput());
            assertTrue(refused.getMessage().contains(path.toString()), refused::getMessage);
        }
    }

    private static void assertUsage(FetchSpec spec) {
        InvalidWorkException refused = assertThrows(InvalidWorkException.class, () -> FetchWork.prepare(spec));
        assertTrue(!refused.isOutput() && !refused.getMessage().contains("\n"), refused::getMessage);
    }

    private static FetchSpec spec(String method, String folder, Header... headers) {
        return FetchSpec.READ
                .with(new Request(method, List.of(headers), Optional.empty()))
                .with(new FetchSpec.Saving(Optional.ofNullable(folder), true));
    }
}
