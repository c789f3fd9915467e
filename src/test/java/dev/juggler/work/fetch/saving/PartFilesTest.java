package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.work.fetch.http.EntityVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartFilesTest {
    private static final String KEY = "http://example.org/a";
    private static final EntityVersion VERSION = new EntityVersion("\"v1\"", null, 100);

    @TempDir
    Path folder;

    private PartFiles parts(PartialBodyPolicy policy) throws Exception {
        return new PartFiles(DownloadFolder.open(folder.toString()), policy);
    }

    private static PartFile written(PartFiles parts, String key, EntityVersion version) throws IOException {
        PartFile part = parts.create(key);
        part.begin(() -> version);
        part.append(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        return part;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void keepsNothingWhereNothingIsToBeResumed() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEVER);
        assertFalse(parts.resumes());
        assertFalse(parts.outlastRun());
        parts.release(KEY, written(parts, KEY, VERSION));
        assertEquals(List.of(), files());
        assertNull(parts.takePartial(KEY));
    }

    @Test
    void givesThePartToTheNextAttemptOfItsInputOnce() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEXT_TRY);
        assertTrue(parts.resumes());
        assertFalse(parts.outlastRun());
        parts.release(KEY, written(parts, KEY, VERSION));
        assertNull(parts.takePartial("http://example.org/b"));
        PartFile part = parts.takePartial(KEY);
        assertEquals(5, part.length());
        assertEquals(VERSION, part.version());
        assertEquals("hello", Files.readString(part.path()));
        assertNull(parts.takePartial(KEY));
        part.delete();
    }

    @Test
    void aPartOfTheNextAttemptDoesNotOutlastTheRun() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEXT_TRY);
        parts.release(KEY, written(parts, KEY, VERSION));
        assertEquals(1, files().size());
        parts.close();
        assertEquals(List.of(), files());
        assertNull(parts.takePartial(KEY));
    }

    @Test
    void theLaterOfTwoPartsOfAnInputStays() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEXT_TRY);
        PartFile first = written(parts, KEY, VERSION);
        PartFile second = written(parts, KEY, VERSION);
        parts.release(KEY, first);
        parts.release(KEY, second);
        assertEquals(List.of(second.path()), files());
        assertEquals(second.path(), parts.takePartial(KEY).path());
    }

    @ParameterizedTest
    @EnumSource
    void aPartOfAnUnknownVersionIsOfNoUse(PartialBodyPolicy policy) throws Exception {
        PartFiles parts = parts(policy);
        parts.release(KEY, written(parts, KEY, EntityVersion.UNKNOWN));
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyPartIsOfNoUse(PartialBodyPolicy policy) throws Exception {
        PartFiles parts = parts(policy);
        PartFile part = parts.create(KEY);
        part.begin(() -> VERSION);
        parts.release(KEY, part);
        assertEquals(List.of(), files());
    }

    @Test
    void aPartForTheNextRunIsFoundByIt() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEXT_RUN);
        assertTrue(parts.outlastRun());
        parts.release(KEY, written(parts, KEY, VERSION));
        parts.close();
        PartFile part = parts(PartialBodyPolicy.NEXT_RUN).takePartial(KEY);
        assertEquals(5, part.length());
        assertEquals(VERSION, part.version());
        part.delete();
        assertEquals(List.of(), files());
    }

    @Test
    void aPartInUseIsNotGivenASecondTime() throws Exception {
        PartFile used = written(parts(PartialBodyPolicy.NEXT_RUN), KEY, VERSION);
        PartFiles other = parts(PartialBodyPolicy.NEXT_RUN);
        assertNull(other.takePartial(KEY));
        PartFile another = other.create(KEY);
        assertNotNull(another);
        assertNotEquals(used.path(), another.path());
        used.delete();
    }

    @Test
    void inputsWithOddKeysHavePartsToo() throws Exception {
        PartFiles parts = parts(PartialBodyPolicy.NEXT_RUN);
        String odd = "../\0/" + "x".repeat(5_000);
        parts.release(odd, written(parts, odd, VERSION));
        assertEquals(5, parts.takePartial(odd).length());
        assertTrue(files().stream().allMatch(file -> folder.equals(file.getParent())));
    }
}
