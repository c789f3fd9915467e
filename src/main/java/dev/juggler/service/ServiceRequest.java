package dev.juggler.service;

import dev.juggler.job.Input;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One task that somebody asks for over the event bus.
 *
 * @param work the work that is asked for; {@code ""} where there is just one
 * @param input what it is done with
 */
record ServiceRequest(String work, Input input) {

    /** Reads a message; throws with a message for the sender when it is malformed. */
    static ServiceRequest parse(Object body, Optional<String> selector, String inputMember) {
        if (!(body instanceof JsonObject json)) {
            throw new IllegalArgumentException("expected a JSON object with '" + inputMember + "'");
        }
        for (String member : json.fieldNames()) {
            if (!member.equals(inputMember) && !selector.equals(Optional.of(member))) {
                throw new IllegalArgumentException("unknown member '" + member + "'");
            }
        }
        String work = selector.map(name -> text(json, name)).orElse("");
        return new ServiceRequest(work, input(json, inputMember));
    }

    private static String text(JsonObject json, String member) {
        if (json.getValue(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + member + "' is missing, or no text");
    }

    private static Input input(JsonObject json, String member) {
        return switch (json.getValue(member)) {
            case String text -> new Input.Text(text);
            case Integer number -> new Input.Whole(number);
            case Long number -> new Input.Whole(number);
            case Number number -> new Input.Text(number.toString());
            case null, default ->
                throw new IllegalArgumentException("'" + member + "' is missing, or neither text nor number");
        };
    }
}
