package dev.juggler.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.option.FetchOption;
import dev.juggler.option.FetchOption.Part;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.option.Headers;
import dev.juggler.option.NameStyle;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes the options of fetch in JSON, as members of the object of their part. */
final class FetchOptionsJson {
    private FetchOptionsJson() {}

    /** Adds the readers and writers to a module. */
    static void addTo(SimpleModule module) {
        module.addDeserializer(JobRequest.Fetch.class, new FetchReader());
        module.addSerializer(JobRequest.Fetch.class, new FetchWriter());
        module.addDeserializer(FetchOptionValues.class, new ApiReader());
        module.addSerializer(FetchOptionValues.class, new ApiWriter());
        module.addDeserializer(Headers.class, new HeadersReader());
        module.addSerializer(Headers.class, new HeadersWriter());
    }

    private static Stream<FetchOption<?>> members(Part part) {
        return FetchOptions.all().stream()
                .filter(option -> option.part().filter(part::equals).isPresent());
    }

    /** Reads the members of an object; the parser is at the start of the object, or at its first member. */
    private abstract static class MembersReader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        MembersReader(Class<T> type) {
            super(type);
        }

        /**
         * Reads a part of a request.
         *
         * @param nested the parts whose objects are members of this one
         */
        FetchOptionValues members(Part part, List<Part> nested, JsonParser json, DeserializationContext context)
                throws IOException {
            FetchOptionValues values = FetchOptionValues.NONE;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                json.nextToken();
            } else if (json.currentToken() != JsonToken.FIELD_NAME && json.currentToken() != JsonToken.END_OBJECT) {
                context.handleUnexpectedToken(handledType(), json);
            }
            while (json.currentToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                FetchOptionValues member;
                try {
                    member = member(name, part, nested, json, context);
                } catch (JsonMappingException e) {
                    e.prependPath(handledType(), name);
                    throw e;
                }
                checkRanges(member, json);
                values = values.and(member);
                json.nextToken();
            }
            return values;
        }

        private FetchOptionValues member(
                String name, Part part, List<Part> nested, JsonParser json, DeserializationContext context)
                throws IOException {
            Optional<Part> inner =
                    nested.stream().filter(each -> each.member().equals(name)).findFirst();
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return FetchOptionValues.NONE;
            }
            if (inner.isPresent()) {
                return members(inner.get(), List.of(), json, context);
            }
            return value(option(name, part, nested, json), json, context);
        }

        private FetchOption<?> option(String name, Part part, List<Part> nested, JsonParser json)
                throws JsonMappingException {
            Optional<FetchOption<?>> option = FetchOptionsJson.members(part)
                    .filter(each -> each.member().equals(name))
                    .findFirst();
            if (option.isEmpty()) {
                List<Object> known = Stream.concat(
                                FetchOptionsJson.members(part).map(FetchOption::member),
                                nested.stream().map(Part::member))
                        .map(Object.class::cast)
                        .toList();
                throw new UnrecognizedPropertyException(
                        json, "unknown field", json.currentLocation(), handledType(), name, known);
            }
            return option.get();
        }

        private <V> FetchOptionValues value(FetchOption<V> option, JsonParser json, DeserializationContext context)
                throws IOException {
            V value = context.readValue(json, option.type());
            return FetchOptionValues.NONE.with(option, value);
        }

        /**
         * Rejects values outside their range. The path in the message is that of the object, and the text names the
         * member.
         */
        private static void checkRanges(FetchOptionValues values, JsonParser json) throws JsonMappingException {
            try {
                values.checkRanges(NameStyle.REQUEST);
            } catch (IllegalArgumentException e) {
                throw invalid(json, e);
            }
        }

        static JsonMappingException invalid(JsonParser json, IllegalArgumentException e) {
            return JsonMappingException.from(json, e.getMessage(), e);
        }
    }

    private static final class FetchReader extends MembersReader<JobRequest.Fetch> {
        private static final long serialVersionUID = 1L;

        FetchReader() {
            super(JobRequest.Fetch.class);
        }

        @Override
        public JobRequest.Fetch deserialize(JsonParser json, DeserializationContext context) throws IOException {
            FetchOptionValues values = members(Part.WORK, List.of(Part.TRANSFER, Part.SAVING), json, context);
            try {
                return new JobRequest.Fetch(values);
            } catch (IllegalArgumentException e) {
                throw invalid(json, e);
            }
        }
    }

    private static final class ApiReader extends MembersReader<FetchOptionValues> {
        private static final long serialVersionUID = 1L;

        ApiReader() {
            super(FetchOptionValues.class);
        }

        @Override
        public FetchOptionValues deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return members(Part.API, List.of(), json, context);
        }
    }

    private static final class HeadersReader extends StdDeserializer<Headers> {
        private static final long serialVersionUID = 1L;

        HeadersReader() {
            super(Headers.class);
        }

        @Override
        public Headers deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return (Headers) context.handleUnexpectedToken(handledType(), json);
            }
            Map<String, String> fields = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.VALUE_NULL) {
                    throw JsonMappingException.from(
                            json, "", new IllegalArgumentException("header '" + name + "' has no value"));
                }
                try {
                    fields.put(name, context.readValue(json, String.class));
                } catch (JsonMappingException e) {
                    e.prependPath(Headers.class, name);
                    throw e;
                }
            }
            return Headers.of(fields);
        }
    }

    /** Writes the values of a part. */
    private static void write(FetchOptionValues values, Part part, JsonGenerator json, SerializerProvider serializers)
            throws IOException {
        for (FetchOption<?> option : values.of(List.of(part)).options()) {
            serializers.defaultSerializeField(option.member(), values.get(option), json);
        }
    }

    private static final class FetchWriter extends StdSerializer<JobRequest.Fetch> {
        private static final long serialVersionUID = 1L;

        FetchWriter() {
            super(JobRequest.Fetch.class);
        }

        @Override
        public void serialize(JobRequest.Fetch fetch, JsonGenerator json, SerializerProvider serializers)
                throws IOException {
            json.writeStartObject();
            writeMembers(fetch.options(), json, serializers);
            json.writeEndObject();
        }

        @Override
        public void serializeWithType(
                JobRequest.Fetch fetch, JsonGenerator json, SerializerProvider serializers, TypeSerializer types)
                throws IOException {
            WritableTypeId id = types.writeTypePrefix(json, types.typeId(fetch, JsonToken.START_OBJECT));
            writeMembers(fetch.options(), json, serializers);
            types.writeTypeSuffix(json, id);
        }

        private static void writeMembers(FetchOptionValues values, JsonGenerator json, SerializerProvider serializers)
                throws IOException {
            write(values, Part.WORK, json, serializers);
            for (Part part : List.of(Part.TRANSFER, Part.SAVING)) {
                if (!values.of(List.of(part)).isEmpty()) {
                    json.writeObjectFieldStart(part.member());
                    write(values, part, json, serializers);
                    json.writeEndObject();
                }
            }
        }
    }

    private static final class ApiWriter extends StdSerializer<FetchOptionValues> {
        private static final long serialVersionUID = 1L;

        ApiWriter() {
            super(FetchOptionValues.class);
        }

        @Override
        public void serialize(FetchOptionValues values, JsonGenerator json, SerializerProvider serializers)
                throws IOException {
            json.writeStartObject();
            write(values, Part.API, json, serializers);
            json.writeEndObject();
        }
    }

    private static final class HeadersWriter extends StdSerializer<Headers> {
        private static final long serialVersionUID = 1L;

        HeadersWriter() {
            super(Headers.class);
        }

        @Override
        public void serialize(Headers headers, JsonGenerator json, SerializerProvider serializers) throws IOException {
            Map<String, String> fields = new LinkedHashMap<>();
            for (Header field : headers.fields()) {
                fields.put(field.name(), field.value());
            }
            json.writeObject(fields);
        }
    }
}
