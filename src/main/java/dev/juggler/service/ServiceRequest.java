package dev.juggler.service;

import dev.juggler.job.Input;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for one task, received over the event bus.
 *
 * @param work the name of the requested work; {@code ""} if there is only one
 * @param input the input of the task
 */
record ServiceRequest(String work, Input input) {

    /**
     * Parses a message body.
     *
     * @param selector the member that names the work; empty if there is only one
     * @throws IllegalArgumentException with a message for the sender if the body is malformed
     */
    static ServiceRequest parse(@Nullable Object body, Optional<String> selector, String inputMember) {
        if (!(body instanceof JsonObject json)) {
            throw new IllegalArgumentException("expected a JSON object with '" + inputMember + "'");
        }
        for (String member : json.fieldNames()) {
            if (!member.equals(inputMember) && !selector.equals(Optional.of(member))) {
                throw new IllegalArgumentException("unknown member '" + member + "'");
            }
        }
        String work = selector.map(name -> string(json, name)).orElse("");
        return new ServiceRequest(work, input(json, inputMember));
    }

    private static String string(JsonObject json, String member) {
        if (json.getValue(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + member + "' is missing or not a string");
    }

    private static Input input(JsonObject json, String member) {
        return switch (json.getValue(member)) {
            case String text -> new Input.Text(text);
            case Integer number -> new Input.Whole(number);
            case Long number -> new Input.Whole(number);
            case Number number -> new Input.Text(number.toString());
            case null, default ->
                throw new IllegalArgumentException("'" + member + "' is missing or neither a string nor a number");
        };
    }
}
