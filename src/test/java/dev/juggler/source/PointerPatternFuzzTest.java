package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Parses arbitrary bytes up to a NUL as a pointer, and applies it to the rest as JSON. Jackson's pointers must agree.
 */
class PointerPatternFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENT =
            "{\"a\":[{\"b\":1},{\"b\":[2,3]}],\"\":{\"*\":null,\"~/\":\"x\",\"0\":false}}";

    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) throws JsonProcessingException {
        select(input);
    }

    @FuzzTarget
    void select(byte[] input) throws JsonProcessingException {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        String pointer = end < 0 ? text : text.substring(0, end);
        PointerPattern pattern;
        try {
            pattern = PointerPattern.parse(pointer);
        } catch (IllegalArgumentException rejected) {
            assertTrue(rejected.getMessage().codePoints().noneMatch(Character::isISOControl), rejected::getMessage);
            return;
        }
        assertEquals(pointer, written(pattern.steps()));
        JsonNode document = document(end < 0 ? "" : text.substring(end + 1));
        List<JsonNode> selected = new ArrayList<>();
        pattern.select(document, selected::add);
        if (pattern.selectsMany()) {
            assertTrue(selected.size() <= nodes(document), () -> selected.size() + " values");
        } else {
            JsonNode expected = document.at(JsonPointer.compile(pointer));
            assertEquals(expected.isMissingNode() ? List.of() : List.of(expected), selected);
        }
    }

    private static JsonNode document(String text) throws JsonProcessingException {
        try {
            return JSON.readTree(text.isBlank() ? DOCUMENT : text);
        } catch (JsonProcessingException e) {
            return JSON.readTree(DOCUMENT);
        }
    }

    private static String written(List<String> steps) {
        return steps.stream()
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static long nodes(JsonNode node) {
        long count = 1;
        for (JsonNode child : node) {
            count += nodes(child);
        }
        return count;
    }
}
