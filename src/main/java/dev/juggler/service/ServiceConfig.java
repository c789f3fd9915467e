package dev.juggler.service;

import dev.juggler.job.Durations;
import dev.juggler.work.InvalidWorkException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration of a service verticle, read member by member; what is never read is unknown, and refused. */
final class ServiceConfig {
    private final String kind;
    private final JsonObject json;
    private final Set<String> read = new HashSet<>();

    ServiceConfig(String kind, JsonObject json) {
        this.kind = kind;
        this.json = json == null ? new JsonObject() : json;
        read.add("timeout");
    }

    Optional<String> optionalText(String member) {
        return switch (get(member)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw wrong(member, "text");
        };
    }

    int optionalInt(String member, int otherwise) {
        return switch (get(member)) {
            case null -> otherwise;
            case Integer number when number >= 0 -> number;
            default -> throw wrong(member, "a whole number from 0");
        };
    }

    Optional<Duration> optionalDuration(String member) {
        try {
            return optionalText(member).map(Durations::parse);
        } catch (IllegalArgumentException e) {
            throw InvalidWorkException.usage(kind + " configuration: '" + member + "': " + e.getMessage());
        }
    }

    /** A list of texts; empty when there is none. */
    List<String> texts(String member) {
        return switch (get(member)) {
            case null -> List.of();
            case JsonArray array
            when array.stream().allMatch(String.class::isInstance) ->
                array.stream().map(String.class::cast).toList();
            default -> throw wrong(member, "a list of texts");
        };
    }

    /** An object, whose members are read in their turn; empty when there is none. */
    ServiceConfig object(String member) {
        return switch (get(member)) {
            case null -> new ServiceConfig(kind, new JsonObject());
            case JsonObject object -> new ServiceConfig(kind, object);
            default -> throw wrong(member, "an object");
        };
    }

    Set<String> members() {
        return json.fieldNames();
    }

    /** Refuses a configuration with members that mean nothing here. */
    void checkAllRead() {
        for (String member : json.fieldNames()) {
            if (!read.contains(member)) {
                throw InvalidWorkException.usage(kind + " configuration: unknown key '" + member + "'");
            }
        }
    }

    private Object get(String member) {
        read.add(member);
        return json.getValue(member);
    }

    private InvalidWorkException wrong(String member, String expected) {
        return InvalidWorkException.usage(kind + " configuration: '" + member + "' is not " + expected);
    }
}
