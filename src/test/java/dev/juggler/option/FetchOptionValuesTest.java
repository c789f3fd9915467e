package dev.juggler.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.ByteRate;
import dev.juggler.job.ByteSize;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchOptionValuesTest {
    private static final FetchOptionValues FILES = FetchOptionValues.NONE.with(FetchOptions.OUTPUT_DIR, "out");

    private static FetchSpec spec(FetchOptionValues values) {
        return values.applyTo(FetchSpec.builder()).build();
    }

    @Test
    void withoutAnyTheSpecReadsAndSavesNothing() {
        assertEquals(FetchSpec.READ, spec(FetchOptionValues.NONE));
    }

    @Test
    void eachSetsItsPartOfTheSpec() {
        FetchSpec spec = spec(FILES.with(FetchOptions.METHOD, "put")
                .with(FetchOptions.HEADERS, Headers.of(Map.of("A", "b")))
                .with(FetchOptions.DATA, "body")
                .with(FetchOptions.MAX_REDIRECTS, 3)
                .with(FetchOptions.MAX_SIZE, ByteSize.parse("1k"))
                .with(FetchOptions.IDLE_TIMEOUT, Duration.ofSeconds(4))
                .with(FetchOptions.MIN_RATE, ByteRate.parse("2k/s"))
                .with(FetchOptions.BANDWIDTH, ByteRate.parse("3k"))
                .with(FetchOptions.COMPRESSED, true)
                .with(FetchOptions.MAX_RATIO, 7)
                .with(FetchOptions.SEGMENTS, 5)
                .with(FetchOptions.CONTINUE, true)
                .with(FetchOptions.EXISTING, ExistingFilePolicy.SKIP)
                .with(FetchOptions.TEMPLATE, "{name}")
                .with(FetchOptions.FSYNC, true)
                .with(FetchOptions.CHECKSUM, true));
        assertEquals(new FetchSpec.Request("PUT", List.of(new Header("A", "b")), Optional.of("body")), spec.request());
        assertEquals(
                new FetchSpec.FetchLimits(
                        3, 1_024, new FetchSpec.TransferRates(Optional.of(Duration.ofSeconds(4)), 2_048, 3_072), 7, 5),
                spec.bounds());
        assertEquals(
                new FetchSpec.Saving(
                        Optional.of("out"),
                        false,
                        false,
                        new FetchSpec.SavePolicy(PartialBodyPolicy.NEXT_RUN, ExistingFilePolicy.SKIP, true, true),
                        new FetchSpec.FileNaming(Optional.of("{name}"), false)),
                spec.saving());
    }

    @Test
    void aRatioCountsOnlyWhereBodiesMayBeCompressed() {
        assertEquals(
                0,
                spec(FetchOptionValues.NONE.with(FetchOptions.MAX_RATIO, 7))
                        .bounds()
                        .maxRatio());
        assertEquals(
                200,
                spec(FetchOptionValues.NONE.with(FetchOptions.COMPRESSED, true))
                        .bounds()
                        .maxRatio());
    }

    @Test
    void aNetrcFileThatIsNamedTakesPrecedenceOverTheUsualOne() {
        FetchOptionValues usual = FetchOptionValues.NONE.with(FetchOptions.NETRC, true);
        assertTrue(spec(usual).access().login().netrc().isPresent());
        assertEquals(
                Optional.of("logins"),
                spec(usual.with(FetchOptions.NETRC_FILE, "logins"))
                        .access()
                        .login()
                        .netrc());
    }

    @Test
    void aLaterValueTakesThePlaceOfAnEarlierOne() {
        FetchOptionValues values = FILES.with(FetchOptions.OUTPUT_DIR, "other");
        assertEquals("other", values.get(FetchOptions.OUTPUT_DIR));
        assertEquals("out", values.and(FILES).get(FetchOptions.OUTPUT_DIR));
        assertEquals(values, FILES.and(values));
    }

    @Test
    void theDefaultStandsForWhatIsNotGiven() {
        assertEquals(16, FetchOptionValues.NONE.get(FetchOptions.MAX_REDIRECTS));
        assertFalse(FetchOptionValues.NONE.has(FetchOptions.MAX_REDIRECTS));
        assertEquals(Duration.ofMinutes(5), FetchOptionValues.NONE.perOrigin().longestPause());
    }

    @Test
    void whatIsOutOfRangeIsRejectedByTheNameThatItsReaderWrote() {
        FetchOptionValues values = FILES.with(FetchOptions.SEGMENTS, 33);
        assertEquals("--segments is from 1 to 32, not 33", rejected(values, NameStyle.COMMAND_LINE));
        assertEquals("'segments' is from 1 to 32, not 33", rejected(values, NameStyle.REQUEST));
    }

    @Test
    void whatIsAboutFilesNeedsAFolder() {
        FetchOptionValues newer = FetchOptionValues.NONE.with(FetchOptions.EXISTING, ExistingFilePolicy.REFRESH);
        assertEquals(
                "--skip-existing or --newer applies to saved files: name a folder with --output-dir",
                rejected(newer, NameStyle.COMMAND_LINE));
        FetchOptionValues fsync = FetchOptionValues.NONE.with(FetchOptions.FSYNC, true);
        assertEquals("'fsync' applies to saved files: name a folder with 'output'", rejected(fsync, NameStyle.REQUEST));
        fsync.check(NameStyle.COMMAND_LINE);
        FetchOptionValues.NONE.with(FetchOptions.SEGMENTS, 1).check(NameStyle.REQUEST);
    }

    @Test
    void contradictionsAreRejected() {
        FetchOptionValues names =
                FILES.with(FetchOptions.SERVER_NAMES, true).with(FetchOptions.EXISTING, ExistingFilePolicy.SKIP);
        assertTrue(rejected(names, NameStyle.REQUEST).startsWith("'serverNames' cannot be combined with 'existing'"));
        FetchOptionValues cookies =
                FetchOptionValues.NONE.with(FetchOptions.COOKIES, false).with(FetchOptions.COOKIE_JAR, "jar");
        assertTrue(rejected(cookies, NameStyle.COMMAND_LINE).startsWith("--no-cookies cannot be combined with"));
        FetchOptionValues exposed =
                FetchOptionValues.NONE.with(FetchOptions.CREDENTIALS, "a").with(FetchOptions.INSECURE, true);
        assertTrue(rejected(exposed, NameStyle.REQUEST).startsWith("'insecure' cannot be combined with 'credentials'"));
    }

    @Test
    void anApiNeedsItsUrlAndThePointerToTheLinks() {
        FetchOptionValues from = FetchOptionValues.NONE.with(FetchOptions.FROM, "http://h/");
        assertEquals("--from needs --select, the JSON Pointer to the links", rejected(from, NameStyle.COMMAND_LINE));
        FetchOptionValues next = FetchOptionValues.NONE.with(FetchOptions.NEXT, "/next");
        assertEquals("--next needs --from, the address of the API", rejected(next, NameStyle.COMMAND_LINE));
        from.with(FetchOptions.SELECT, "/links").check(NameStyle.COMMAND_LINE);
    }

    private static String rejected(FetchOptionValues values, NameStyle style) {
        return assertThrows(IllegalArgumentException.class, () -> values.check(style))
                .getMessage();
    }

    @Test
    void secretsAreHiddenAndNothingElse() {
        FetchOptionValues values = FetchOptionValues.NONE
                .with(FetchOptions.USER, "me:secret")
                .with(FetchOptions.PROXY, "http://me:secret@proxy:1")
                .with(FetchOptions.HEADERS, Headers.of(Map.of("Authorization", "token")))
                .with(FetchOptions.METHOD, "HEAD");
        FetchOptionValues hidden = values.hide(text -> "*");
        assertEquals("*", hidden.get(FetchOptions.USER));
        assertEquals("*", hidden.get(FetchOptions.PROXY));
        assertEquals(Headers.of(Map.of("Authorization", "*")), hidden.get(FetchOptions.HEADERS));
        assertEquals("HEAD", hidden.get(FetchOptions.METHOD));
        FetchOptionValues open = FetchOptionValues.NONE
                .with(FetchOptions.PROXY, "http://proxy:1")
                .with(FetchOptions.HEADERS, Headers.of(Map.of("Accept", "*/*")));
        assertEquals(open, open.hide(text -> "*"));
        assertFalse(values.toString().contains("secret"), values::toString);
    }

    @Test
    void aNodeHasItsSayInWhatConcernsIt() {
        FetchOptionValues asked = FILES.with(FetchOptions.FROM, "http://h/")
                .with(FetchOptions.HEADERS, Headers.of(Map.of("A", "${HOME}")))
                .with(FetchOptions.MAX_REDIRECTS, 9)
                .with(FetchOptions.METHOD, "HEAD");
        FetchOptionValues permitted = asked.permitted(new NodePolicy() {
            @Override
            public String folder(String name) {
                return "/data/" + name;
            }

            @Override
            public String url(String url) {
                return url;
            }

            @Override
            public Headers headers(Headers headers) {
                return headers.mapValues(value -> "quoted");
            }

            @Override
            public int redirects(int number) {
                return 0;
            }

            @Override
            public String credentials(String name) {
                throw new AssertionError("none were asked for");
            }
        });
        assertEquals("/data/out", permitted.get(FetchOptions.OUTPUT_DIR));
        assertEquals(Headers.of(Map.of("A", "quoted")), permitted.get(FetchOptions.HEADERS));
        assertEquals(0, permitted.get(FetchOptions.MAX_REDIRECTS));
        assertEquals("HEAD", permitted.get(FetchOptions.METHOD));
    }
}
