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
import org.jspecify.annotations.Nullable;

/** The configuration of a service verticle, read member by member. Members that are never read are rejected. */
final class ServiceConfig {
    private final String kind;
    private final JsonObject json;
    private final Set<String> readMembers = new HashSet<>();

    ServiceConfig(String kind, @Nullable JsonObject json) {
        this.kind = kind;
        this.json = json == null ? new JsonObject() : json;
        readMembers.add("timeout");
    }

    Optional<String> optionalString(String member) {
        return switch (get(member)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw invalid(member, "a string");
        };
    }

    int optionalInt(String member, int defaultValue) {
        return switch (get(member)) {
            case null -> defaultValue;
            case Integer number when number >= 0 -> number;
            default -> throw invalid(member, "a whole number of at least 0");
        };
    }

    Optional<Duration> optionalDuration(String member) {
        try {
            return optionalString(member).map(Durations::parse);
        } catch (IllegalArgumentException e) {
            throw InvalidWorkException.usage(kind + " configuration: '" + member + "': " + e.getMessage());
        }
    }

    /** Returns a list of strings; empty if the member is absent. */
    List<String> strings(String member) {
        return switch (get(member)) {
            case null -> List.of();
            case JsonArray array
            when array.stream().allMatch(String.class::isInstance) ->
                array.stream().map(String.class::cast).toList();
            default -> throw invalid(member, "a list of strings");
        };
    }

    /** Returns a nested object; empty if the member is absent. Its members are not checked by {@link #checkAllRead}. */
    ServiceConfig object(String member) {
        return switch (get(member)) {
            case null -> new ServiceConfig(kind, new JsonObject());
            case JsonObject object -> new ServiceConfig(kind, object);
            default -> throw invalid(member, "an object");
        };
    }

    Set<String> members() {
        return json.fieldNames();
    }

    /** Rejects a configuration with members that were never read. */
    void checkAllRead() {
        for (String member : json.fieldNames()) {
            if (!readMembers.contains(member)) {
                throw InvalidWorkException.usage(kind + " configuration: unknown key '" + member + "'");
            }
        }
    }

    private @Nullable Object get(String member) {
        readMembers.add(member);
        return json.getValue(member);
    }

    private InvalidWorkException invalid(String member, String expected) {
        return InvalidWorkException.usage(kind + " configuration: '" + member + "' is not " + expected);
    }
}
