package dev.juggler.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.OutcomeRows;
import dev.juggler.job.OutcomeState;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads a journal from its beginning, row by row, and finds the end of its last whole row. */
final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();
    /** Far longer than a header, so that a file that is not a journal is not read to its end. */
    private static final int MAX_HEADER_BYTES = 1 << 16;

    private static final Set<String> STATES =
            Arrays.stream(OutcomeState.values()).map(OutcomeState::id).collect(Collectors.toUnmodifiableSet());
    private final Path path;
    private final Predicate<JournalHeader> accepted;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CompletedTasks completed = new CompletedTasks();
    private long length;
    private long lineNumber;

    /**
     * The content of a journal.
     *
     * @param completed the keys of its successes
     * @param length the end of its last whole row, in bytes
     * @param warning a warning for the user, if any
     */
    record Content(CompletedTasks completed, long length, Optional<String> warning) {}

    private JournalReader(Path path, InputStream in, Predicate<JournalHeader> accepted) {
        this.path = path;
        this.in = in;
        this.accepted = accepted;
    }

    /** Reads the whole journal, if its header is accepted. */
    static Content read(Path path, FileChannel channel, Predicate<JournalHeader> accepted)
            throws IOException, JournalException {
        channel.position(0);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        return new JournalReader(path, in, accepted).read();
    }

    private Content read() throws IOException, JournalException {
        while (readLine()) {
            lineNumber++;
            if (lineNumber == 1) {
                checkHeader();
            } else {
                readRow();
            }
            length += line.size() + 1;
        }
        if (lineNumber == 0) {
            checkIncompleteHeader();
        }
        Optional<String> warning = line.size() == 0
                ? Optional.empty()
                : Optional.of("journal " + path + ": removed an incomplete last row of " + line.size() + " bytes");
        return new Content(completed, length, warning);
    }

    /** Reads a line. Returns false at the end of the file, with an incomplete row, if any, in {@code line}. */
    private boolean readLine() throws IOException, JournalException {
        line.reset();
        int next = in.read();
        while (next != '\n' && next >= 0) {
            line.write(next);
            if (lineNumber == 0 && line.size() > MAX_HEADER_BYTES) {
                throw notAJournal();
            }
            next = in.read();
        }
        return next >= 0;
    }

    /**
     * Checks that a file with a single unfinished line begins like a journal, because any other file must not be
     * truncated.
     */
    private void checkIncompleteHeader() throws JournalException {
        byte[] start = JournalHeader.START.getBytes(StandardCharsets.UTF_8);
        byte[] found = line.toByteArray();
        int common = Math.min(start.length, found.length);
        if (!Arrays.equals(start, 0, common, found, 0, common)) {
            throw notAJournal();
        }
    }

    private JournalException notAJournal() {
        return JournalException.rejected(path + " is not a journal: its first line does not name a job");
    }

    private void checkHeader() throws IOException, JournalException {
        JournalHeader header = parseHeader().orElseThrow(this::notAJournal);
        if (header.schema() > OutcomeRows.SCHEMA) {
            throw JournalException.rejected("journal " + path + " was written by a newer version: schema "
                    + header.schema() + ", this one reads up to " + OutcomeRows.SCHEMA);
        }
        if (!accepted.test(header)) {
            throw JournalException.rejected("journal " + path + " is of another job (" + header.work()
                    + ", or the same with other options): name another file");
        }
    }

    private Optional<JournalHeader> parseHeader() throws IOException {
        try {
            return JournalHeader.parse(new ObjectMapper().readTree(line.toByteArray()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Records a success. A row must be whole JSON with a key and a known state; anything else is damage. */
    private void readRow() throws IOException, JournalException {
        String key = null;
        String state = null;
        try (JsonParser parser = JSON.createParser(line.toByteArray())) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("key")) {
                    key = parser.getValueAsString();
                } else if (field.equals("state")) {
                    state = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
            expect(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        } catch (JsonProcessingException e) {
            throw damaged();
        }
        if (key == null || state == null || !STATES.contains(state)) {
            throw damaged();
        }
        if (state.equals(OutcomeState.SUCCEEDED.id())) {
            completed.add(key);
        }
    }

    private void expect(boolean condition) throws JournalException {
        if (!condition) {
            throw damaged();
        }
    }

    private JournalException damaged() {
        return JournalException.rejected(
                "journal " + path + " is damaged at line " + lineNumber + ": restore it from a copy, or begin another");
    }
}
