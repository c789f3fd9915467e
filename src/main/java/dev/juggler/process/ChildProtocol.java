package dev.juggler.process;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines between a parent JVM and its child, in UTF-8. The parent writes to the child's stdin: first {@code assign
 * PID BASE64} with its process id and the assignment, then any messages, one a line. The end of stdin ends the child.
 *
 * <p>The child writes to its stdout. A line that begins with {@link #MARK} is a {@link ChildMessage}. Any other line is
 * output of native code or of a program that inherited the stream.
 */
final class ChildProtocol {
    static final Charset CHARSET = StandardCharsets.UTF_8;

    /** Begins with a control character, which is unlikely to begin a line of output. */
    static final String MARK = "\u0001juggler ";

    private static final String READY = "ready";
    private static final String FAILED = "failed ";
    private static final String REPLY = "reply ";
    private static final String DONE = "done";
    private static final Pattern ASSIGNMENT = Pattern.compile("assign ([0-9]{1,18}) ([A-Za-z0-9+/=]*)");

    private ChildProtocol() {}

    /**
     * The first line for a child.
     *
     * @param parentPid the process id of the parent
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Assignment(long parentPid, byte[] payload) {

        String line() {
            return "assign " + parentPid + " " + Base64.getEncoder().encodeToString(payload);
        }

        /** Parses the first line; throws an IllegalArgumentException if it is not an assignment. */
        static Assignment parse(String line) {
            Matcher matcher = ASSIGNMENT.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("the first line on stdin is not an assignment");
            }
            return new Assignment(
                    Long.parseLong(matcher.group(1)), Base64.getDecoder().decode(matcher.group(2)));
        }
    }

    /** A line on a child's stdout. */
    sealed interface ChildMessage {
        /** The child accepts messages. */
        record Ready() implements ChildMessage {}

        /** The child will never be ready. */
        record Failed(String reason) implements ChildMessage {}

        /** The answer to the oldest open request. */
        record Reply(String text) implements ChildMessage {}

        /**
         * The child has released everything. Its own exit would take another 300 ms, the time that a JVM waits for
         * threads inside the kernel.
         */
        record Done() implements ChildMessage {}

        /** Output that is not part of the protocol. */
        record Output(String line) implements ChildMessage {}

        /** A marked line that the protocol does not define. */
        record Invalid(String line) implements ChildMessage {}

        /** The line of this message. Line breaks in texts become spaces. */
        default String line() {
            return switch (this) {
                case Ready() -> MARK + READY;
                case Failed(String reason) -> MARK + FAILED + oneLine(reason);
                case Reply(String text) -> MARK + REPLY + oneLine(text);
                case Done() -> MARK + DONE;
                case Output(String line) -> line;
                case Invalid(String line) -> line;
            };
        }

        static ChildMessage parse(String line) {
            if (!line.startsWith(MARK)) {
                return new Output(line);
            }
            String message = line.substring(MARK.length());
            if (message.equals(READY)) {
                return new Ready();
            } else if (message.equals(DONE)) {
                return new Done();
            } else if (message.startsWith(FAILED)) {
                return new Failed(message.substring(FAILED.length()));
            } else if (message.startsWith(REPLY)) {
                return new Reply(message.substring(REPLY.length()));
            }
            return new Invalid(line);
        }
    }

    /** The text with spaces for its line breaks. */
    static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
