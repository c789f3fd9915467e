package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityVersionTest {
    private static final String NOON = "Sat, 28 Nov 2026 12:00:00 GMT";
    private static final String A_SECOND_LATER = "Sat, 28 Nov 2026 12:00:01 GMT";

    /** A head with these names and values. */
    private static ResponseHead head(String... fields) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            headers.put(fields[i], fields[i + 1]);
        }
        return new ResponseHead(200, headers::get);
    }

    @Test
    void aStrongTagIsTheVersion() {
        EntityVersion version = EntityVersion.of(head("etag", "\"v1\"", "content-length", "10", "last-modified", NOON));
        assertEquals(new EntityVersion("\"v1\"", null, 10), version);
        assertTrue(version.isKnown());
        assertEquals("\"v1\"", version.ifRange());
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"v1\"", "v1", "\"\"", "\"", "\"a\"b\"", "\"a b\"", "\"a\u00e4\"", "\"a\u007f\"", "\"a"})
    void anyOtherTagIsNot(String tag) {
        assertEquals(EntityVersion.UNKNOWN, EntityVersion.of(head("etag", tag)));
    }

    @Test
    void withoutATagTheDateIsTheVersionIfItsSecondWasOver() {
        EntityVersion version = EntityVersion.of(head("last-modified", NOON, "date", A_SECOND_LATER));
        assertEquals(new EntityVersion(null, NOON, -1), version);
        assertEquals(NOON, version.ifRange());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {NOON + "|" + NOON, A_SECOND_LATER + "|" + NOON, "yesterday|" + NOON, NOON + "|today", NOON + "|"})
    void aDateThatMayStandForTwoVersionsIsNot(String modified, String sent) {
        assertEquals(EntityVersion.UNKNOWN, EntityVersion.of(head("last-modified", modified, "date", sent)));
        assertFalse(EntityVersion.UNKNOWN.isKnown());
    }

    @Test
    void aServerThatTakesNoRangesHasNoVersionToResume() {
        assertEquals(EntityVersion.UNKNOWN, EntityVersion.of(head("etag", "\"v1\"", "accept-ranges", "None")));
    }

    @Test
    void aPartMatchesOnlyByTheMarkThatTheVersionHas() {
        EntityVersion byTag = new EntityVersion("\"v1\"", null, 10);
        assertTrue(byTag.matches(head("etag", "\"v1\"")));
        assertFalse(byTag.matches(head("etag", "\"v2\"")));
        assertFalse(byTag.matches(head("etag", "W/\"v1\"")));
        assertFalse(byTag.matches(head("last-modified", NOON)));
        EntityVersion byDate = new EntityVersion(null, NOON, 10);
        assertTrue(byDate.matches(head("last-modified", NOON, "etag", "\"new\"")));
        assertFalse(byDate.matches(head("last-modified", A_SECOND_LATER)));
        assertFalse(byDate.matches(head()));
    }

    /** Notes beside part files hold it as JSON. */
    @Test
    void comesBackFromJsonAsItWas() throws Exception {
        ObjectMapper json = new ObjectMapper();
        EntityVersion version = new EntityVersion("\"v\\1\"", null, 10);
        String text = json.writeValueAsString(version);
        assertEquals(version, json.readValue(text, EntityVersion.class));
        assertFalse(text.contains("known"), text);
    }
}
