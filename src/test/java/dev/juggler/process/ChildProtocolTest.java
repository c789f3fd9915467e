package dev.juggler.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.process.ChildProtocol.Assignment;
import dev.juggler.process.ChildProtocol.ChildMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProtocolTest {
    static Stream<ChildMessage> messages() {
        return Stream.of(
                new ChildMessage.Ready(),
                new ChildMessage.Done(),
                new ChildMessage.Failed("no such function: größe"),
                new ChildMessage.Failed(""),
                new ChildMessage.Reply("{\"a\":1}"),
                new ChildMessage.Output("ready"),
                new ChildMessage.Output(""));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsParsedFromItsLine(ChildMessage message) {
        assertEquals(message, ChildMessage.parse(message.line()));
    }

    @Test
    void lineBreaksInATextBecomeSpaces() {
        assertEquals(
                new ChildMessage.Failed("first second"),
                ChildMessage.parse(new ChildMessage.Failed("first\nsecond").line()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "steady", "ready ", "failed", "READY"})
    void aMarkedLineThatIsNotDefinedIsInvalid(String message) {
        assertInstanceOf(ChildMessage.Invalid.class, ChildMessage.parse(ChildProtocol.MARK + message));
    }

    @Test
    void anAssignmentIsParsedFromItsLine() {
        byte[] payload = {0, 10, 13, -1};

        Assignment parsed = Assignment.parse(new Assignment(42, payload).line());

        assertEquals(42, parsed.parentPid());
        assertArrayEquals(payload, parsed.payload());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drain", "assign", "assign 1", "assign x eA==", "assign 1 ?", "assign 1 e"})
    void anotherFirstLineIsRejected(String line) {
        assertThrows(IllegalArgumentException.class, () -> Assignment.parse(line));
    }
}
