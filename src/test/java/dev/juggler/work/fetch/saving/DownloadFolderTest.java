package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.fetch.FetchFixture;
import dev.juggler.work.fetch.http.BodyChunk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadFolderTest {
    private static final int MANY = 2_000;

    @TempDir
    Path folder;

    @Test
    void commitsThousandsOfFilesWithOneNameAndReusesEqualOnes() throws Exception {
        Set<String> first = run(MANY);
        assertEquals(MANY, first.size());
        for (String path : first) {
            Files.setLastModifiedTime(Path.of(path), FileTime.from(Instant.EPOCH));
        }
        assertEquals(first, run(MANY));
        assertEquals(MANY, FetchFixture.names(folder).size());
    }

    @Test
    void explainsWhyAFolderCannotBeWritten() throws Exception {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        for (String odd :
                List.of("a\u0000b", "/proc/juggler/x", loop.resolve("x").toString(), "/dev/null/x")) {
            String why = assertThrows(InvalidWorkException.class, () -> DownloadFolder.open(odd))
                    .getMessage();
            assertFalse(why.contains("Exception"), why);
        }
    }

    /** Returns bodies of equal length, half of which differ. */
    private Set<String> run(int inputs) throws Exception {
        DownloadFolder output = DownloadFolder.open(folder.toString());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> saves = IntStream.range(0, inputs)
                    .mapToObj(i -> (Callable<String>) () -> save(output, "%08d".formatted(i / 2)))
                    .toList();
            Set<String> paths = new HashSet<>();
            for (Future<String> saved : threads.invokeAll(saves)) {
                paths.add(saved.get());
            }
            return paths;
        }
    }

    private static String save(DownloadFolder output, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PartFile part = new PartFile(output.newPart());
        BodyWriter saving = new BodyWriter(part, true, null);
        saving.write(new BodyChunk.CopiedChunk(bytes, bytes.length));
        part.finish(false);
        String path = output.commit(part.path(), "same.txt", bytes.length, saving.finish());
        assertEquals(body, Files.readString(Path.of(path)));
        return path;
    }
}
