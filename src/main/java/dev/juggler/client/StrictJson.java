package dev.juggler.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.juggler.job.ByteRate;
import dev.juggler.job.ByteSize;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Durations;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Rate;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON to records and back. It rejects unknown members, duplicate members, and numbers instead of texts;
 * messages name the path, as in {@code inputs.items[3]}. Safe for use by several threads.
 */
public final class StrictJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(texts())
            .build();

    private StrictJson() {}

    /** Returns the module of the types that are texts in JSON, such as {@code "500ms"}, and of the options of fetch. */
    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule();
        add(module, Duration.class, Durations::parse, Durations::text);
        add(module, Chunking.class, Chunking::parse, ValueNotation::of);
        add(module, HaltPolicy.class, HaltPolicy::parse, ValueNotation::of);
        add(module, Rate.class, Rate::parse, ValueNotation::of);
        add(module, ConcurrencyModel.class, ValueNotation::model, ConcurrencyModel::id);
        addText(module, ByteSize.class, ByteSize::parse, ByteSize::toString);
        addText(module, ByteRate.class, ByteRate::parse, ByteRate::toString);
        addText(module, ExistingFilePolicy.class, ExistingFilePolicy::parse, ExistingFilePolicy::id);
        FetchOptionsJson.addTo(module);
        return module;
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Function<String, T> parser, Function<T, String> writer) {
        module.addDeserializer(type, new TextReader<>(type, JsonToken::isScalarValue, parser));
        module.addSerializer(type, new TextWriter<>(type, writer));
    }

    /** Adds a type for which a number or a boolean is an error, even if its text could be parsed. */
    private static <T> void addText(
            SimpleModule module, Class<T> type, Function<String, T> parser, Function<T, String> writer) {
        module.addDeserializer(type, new TextReader<>(type, token -> token == JsonToken.VALUE_STRING, parser));
        module.addSerializer(type, new TextWriter<>(type, writer));
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException with a one-line message for the author of the JSON, when it is malformed, or has
     *     members or values that the record does not allow
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("expected a JSON object, not null");
            }
            return value;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(misspelt(json, type).orElseGet(() -> message(e)), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(message(e), e);
        }
    }

    /**
     * Finds an unknown member, which may be the misspelt name of a missing one: the record only reports the missing
     * one.
     */
    private static Optional<String> misspelt(byte[] json, Class<?> type) {
        if (!type.isRecord()) {
            return Optional.empty();
        }
        Set<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            return MAPPER.readTree(json).properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .map(name -> unknown(name, known));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes a record, without members that are null. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a record of plain values", e);
        }
    }

    private static String message(IOException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidTypeIdException kind -> at(kind, "'kind' is missing or unknown");
            case JsonMappingException mapping -> at(mapping, reason(mapping));
            case JsonProcessingException malformed ->
                "malformed JSON" + location(malformed.getLocation()) + ": " + malformed.getOriginalMessage();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Returns the location of an error; Jackson has none for JSON that is nested too deeply, or too long. */
    private static String location(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String unknown(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        return unknown(
                path(e),
                known == null
                        ? List.of()
                        : known.stream().map(Objects::toString).sorted().toList());
    }

    private static String unknown(String name, Collection<String> known) {
        return "unknown field '" + name + "'" + (known.isEmpty() ? "" : "; known are " + String.join(", ", known));
    }

    /** Returns the message of a record's constructor, or else of Jackson. */
    private static String reason(JsonMappingException e) {
        if (e.getCause() instanceof IllegalArgumentException own) {
            return String.valueOf(own.getMessage());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return (e.getPath().isEmpty() ? "this is not " : "is not ")
                    + ValueNotation.kindOf(mismatch.getTargetType());
        }
        return e.getOriginalMessage();
    }

    private static String at(JsonMappingException e, String reason) {
        String path = path(e);
        return path.isEmpty() ? reason : "'" + path + "': " + reason;
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    /** Reads a text into a value; the message of its parser becomes that of the exception. */
    private static final class TextReader<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Predicate<JsonToken> accepted;
        private final transient Function<String, T> parser;

        TextReader(Class<T> type, Predicate<JsonToken> accepted, Function<String, T> parser) {
            super(type);
            this.accepted = accepted;
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!accepted.test(json.currentToken())) {
                throw JsonMappingException.from(json, "", new IllegalArgumentException("is not a text"));
            }
            try {
                return parser.apply(json.getText());
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(json, e.getMessage(), e);
            }
        }
    }

    /** Writes a value as a text. */
    private static final class TextWriter<T> extends ToStringSerializer {
        private static final long serialVersionUID = 1L;
        private final transient Function<T, String> writer;
        private final Class<T> type;

        TextWriter(Class<T> type, Function<T, String> writer) {
            super(type);
            this.type = type;
            this.writer = writer;
        }

        @Override
        public void serialize(
                Object value,
                com.fasterxml.jackson.core.JsonGenerator json,
                com.fasterxml.jackson.databind.SerializerProvider provider)
                throws IOException {
            json.writeString(writer.apply(type.cast(value)));
        }
    }
}
