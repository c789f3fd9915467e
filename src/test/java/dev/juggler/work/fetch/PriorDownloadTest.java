package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.work.fetch.FetchPlan.Destination;
import dev.juggler.work.fetch.PriorDownload.ResumePoint;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.saving.PartFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorDownloadTest {
    private static final String KEY = "http://a.test/file";
    private static final String NAME = "file";
    private static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private PriorDownload prior(ExistingFilePolicy existing, String line) throws Exception {
        return new PriorDownload(plan(existing).saving(), KEY, FetchInput.parse(line), NAME);
    }

    private FetchPlan plan(ExistingFilePolicy existing) {
        SavePolicy policy = new SavePolicy(PartialBodyPolicy.NEXT_RUN, existing, false, false);
        FetchSpec spec = FetchSpec.READ.with(new Saving(Optional.of(folder.toString()), false).with(policy));
        return FetchPlan.of(spec, FetchSettings.DEFAULT, Map.of());
    }

    private void saveBeforeTheRun() throws Exception {
        Path file = Files.writeString(folder.resolve(NAME), "abc");
        Files.setLastModifiedTime(file, FileTime.from(BEFORE));
    }

    /** Leaves the five bytes "hello" of a body. */
    private PriorDownload withPart(EntityVersion version) throws Exception {
        Destination destination = plan(ExistingFilePolicy.FETCH).saving().destination();
        assertNotNull(destination);
        PartFile part = destination.parts().create(KEY);
        part.beginSegments(0);
        part.writeAt(0, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        part.endSegments(5, version);
        destination.parts().release(KEY, part);
        PriorDownload prior = prior(ExistingFilePolicy.FETCH, KEY);
        assertTrue(prior.readsDisk());
        assertFalse(prior.find());
        return prior;
    }

    private static EntityVersion version(long total) {
        return new EntityVersion("\"v1\"", null, total);
    }

    private static ResponseHead partial(String range, String etag, String length) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-range", range);
        headers.put("etag", etag);
        headers.put("content-length", length);
        return new ResponseHead(206, headers::get);
    }

    @Test
    void thereIsNothingWhereNothingIsSaved() throws Exception {
        FetchPlan plan = FetchPlan.of(FetchSpec.READ, FetchSettings.DEFAULT, Map.of());
        PriorDownload prior = new PriorDownload(plan.saving(), KEY, FetchInput.parse(KEY), "");
        assertFalse(prior.readsDisk());
        assertFalse(prior.find());
        assertNull(prior.oldPath());
        assertFalse(prior.hasPart());
        assertEquals(List.of(), prior.conditions());
        assertFalse(prior.withdraw());
    }

    @Test
    void aFileFromBeforeTheRunIsAllThatIsWantedWhereSuchFilesAreSkipped() throws Exception {
        saveBeforeTheRun();
        PriorDownload prior = prior(ExistingFilePolicy.SKIP, KEY);
        assertTrue(prior.find());
        assertEquals(folder.resolve(NAME).toString(), prior.oldPath());
    }

    @ParameterizedTest
    @CsvSource({"900150983cd24fb0d6963f7d28e17f72, true", "00000000000000000000000000000000, false"})
    void aFileIsSkippedOnlyIfItHasTheChecksumOfTheInput(String md5, boolean skipped) throws Exception {
        saveBeforeTheRun();
        assertEquals(
                skipped, prior(ExistingFilePolicy.SKIP, KEY + " md5=" + md5).find());
    }

    @Test
    void aFileOfThisRunIsAnotherInputs() throws Exception {
        PriorDownload prior = prior(ExistingFilePolicy.SKIP, KEY);
        Path file = Files.writeString(folder.resolve(NAME), "abc");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        assertFalse(prior.find());
        assertNull(prior.oldPath());
    }

    @Test
    void aFileThatIsRefreshedIsAskedForByItsTimeAndReplaced() throws Exception {
        saveBeforeTheRun();
        PriorDownload prior = prior(ExistingFilePolicy.REFRESH, KEY);
        assertFalse(prior.find());
        assertEquals(List.of(new Header("if-modified-since", "Wed, 01 Jan 2020 00:00:00 GMT")), prior.conditions());
        assertTrue(prior.isReplaced());
        assertFalse(prior.withdraw());
    }

    @Test
    void anOldFileIsOfNoInterestWhereAllIsFetched() throws Exception {
        saveBeforeTheRun();
        PriorDownload prior = prior(ExistingFilePolicy.FETCH, KEY);
        assertFalse(prior.find());
        assertNull(prior.oldPath());
        assertFalse(prior.isReplaced());
    }

    @Test
    void asksForTheRestOfAPartInItsVersionOnly() throws Exception {
        assertEquals(
                List.of(
                        new Header("range", "bytes=5-"),
                        new Header("if-range", "\"v1\""),
                        new Header("accept-encoding", "identity")),
                withPart(version(10)).conditions());
    }

    @Test
    void asksForTheLastByteOfAPartThatIsWhole() throws Exception {
        PriorDownload prior = withPart(version(5));
        assertEquals(new Header("range", "bytes=4-"), prior.conditions().getFirst());
        assertEquals(new ResumePoint(version(5), 4, 5), prior.resumePoint(partial("bytes 4-4/5", "\"v1\"", "1")));
        PartFile part = prior.resumePart();
        assertEquals(4, part.length());
        part.delete();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 5-9/10, \"v1\", 5, true",
        "bytes 5-9/10, \"v1\", , true",
        "bytes 5-7/10, \"v1\", 3, true",
        "bytes 5-9/10, \"v2\", 5, false",
        "bytes 5-9/10, , 5, false",
        "bytes 4-9/10, \"v1\", 6, false",
        "bytes 6-9/10, \"v1\", 4, false",
        "bytes 5-9/11, \"v1\", 5, false",
        "bytes 5-9/*, \"v1\", 5, false",
        "bytes 5-9/10, \"v1\", 4, false",
        ", \"v1\", 5, false"
    })
    void resumesOnlyWhereTheSamePartOfTheSameVersionBegins(String range, String etag, String length, boolean resumes)
            throws Exception {
        ResumePoint point = withPart(version(10)).resumePoint(partial(range, etag, length));
        assertEquals(resumes ? new ResumePoint(version(10), 5, 10) : null, point);
    }

    @Test
    void aPartWithoutATotalTakesThatOfTheResponse() throws Exception {
        PriorDownload prior = withPart(version(-1));
        assertEquals(new ResumePoint(version(-1), 5, 10), prior.resumePoint(partial("bytes 5-9/10", "\"v1\"", null)));
    }

    @Test
    void asksForNoRestOnceAPartDidNotFit() throws Exception {
        PriorDownload prior = withPart(version(10));
        assertTrue(prior.withdraw());
        assertFalse(prior.withdraw());
        assertEquals(List.of(), prior.conditions());
        assertNull(prior.resumePoint(partial("bytes 5-9/10", "\"v1\"", "5")));
        assertTrue(prior.hasPart(), "its file is used for the whole body");
    }

    @Test
    void aPartIsGivenAwayOnce() throws Exception {
        PriorDownload prior = withPart(version(10));
        PartFile part = prior.takePart();
        assertNotNull(part);
        assertEquals(5, part.length());
        assertNull(prior.takePart());
        assertFalse(prior.hasPart());
        assertThrows(IllegalStateException.class, prior::resumePart);
        part.delete();
    }
}
