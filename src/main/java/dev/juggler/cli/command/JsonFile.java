package dev.juggler.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings files: one JSON object, without duplicate keys or trailing text. Each start may read one, and
 * Jackson's parser finishes before an object mapper would be created.
 */
public final class JsonFile {
    private static final JsonFactory JSON =
            new JsonFactory().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private JsonFile() {}

    /**
     * Reads a file.
     *
     * @param name the name of the file in messages
     * @return the members: texts, numbers, booleans and nulls as they are, objects as maps, and lists as empty ones
     * @throws CommandFailure when it cannot be read, or is not an object; with the line if it is known
     */
    public static Map<String, Object> read(Path file, String name) {
        try {
            return read(Files.readAllBytes(file), name);
        } catch (JsonProcessingException e) {
            throw CommandFailure.usage(name + ": " + line(e.getLocation()) + reason(e), e);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("cannot read " + name + ": there is no such file", e);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** Reads the bytes of a file. */
    public static Map<String, Object> read(byte[] json, String name) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw CommandFailure.usage(name + ": expected a JSON object");
            }
            Map<String, Object> members = members(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after the object");
            }
            return members;
        }
    }

    /** Reads the members of the object at whose start the parser is. */
    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                parser.skipChildren();
                yield List.of();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /** Returns the line of an error; Jackson has none for JSON that is nested too deeply. */
    private static String line(@Nullable JsonLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ": ";
    }

    /** Returns the first line of an error, without the start marker, which names switches of the parser. */
    private static String reason(JsonProcessingException e) {
        return CommandErrors.firstLine(e.getOriginalMessage()).replaceFirst(" \\(start marker at .*", "");
    }
}
