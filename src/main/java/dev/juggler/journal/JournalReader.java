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

/** Reads a journal from its beginning, row by row, and finds where its last whole row ends. */
final class JournalReader {
    private static final JsonFactory JSON = new JsonFactory();
    /** Far more than a header has; a file that is no journal is not read to its end in search of one. */
    private static final int LONGEST_HEADER = 1 << 16;

    private static final Set<String> STATES =
            Arrays.stream(OutcomeState.values()).map(OutcomeState::id).collect(Collectors.toUnmodifiableSet());
    private final Path path;
    private final Predicate<JournalHeader> ours;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CompletedTasks completed = new CompletedTasks();
    private long length;
    private long lineNumber;

    /**
     * What a journal holds.
     *
     * @param completed the keys of its successes
     * @param length where its last whole row ends, in bytes
     * @param warning what there is to tell about it
     */
    record Content(CompletedTasks completed, long length, Optional<String> warning) {}

    private JournalReader(Path path, InputStream in, Predicate<JournalHeader> ours) {
        this.path = path;
        this.in = in;
        this.ours = ours;
    }

    /** Reads all of it, if its header is {@code ours}. */
    static Content read(Path path, FileChannel channel, Predicate<JournalHeader> ours)
            throws IOException, JournalException {
        channel.position(0);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        return new JournalReader(path, in, ours).read();
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
            checkTornHeader();
        }
        Optional<String> warning = line.size() == 0
                ? Optional.empty()
                : Optional.of("journal " + path + ": cut off a torn last row of " + line.size() + " bytes");
        return new Content(completed, length, warning);
    }

    /** Reads up to the end of a line; false at the end of the file, where {@code line} holds a torn row, if any. */
    private boolean readLine() throws IOException, JournalException {
        line.reset();
        int next = in.read();
        while (next != '\n' && next >= 0) {
            line.write(next);
            if (lineNumber == 0 && line.size() > LONGEST_HEADER) {
                throw noJournal();
            }
            next = in.read();
        }
        return next >= 0;
    }

    /** A file of one line without an end is only cut off when it began as a journal does: it could be anything. */
    private void checkTornHeader() throws JournalException {
        byte[] start = JournalHeader.START.getBytes(StandardCharsets.UTF_8);
        byte[] found = line.toByteArray();
        int common = Math.min(start.length, found.length);
        if (!Arrays.equals(start, 0, common, found, 0, common)) {
            throw noJournal();
        }
    }

    private JournalException noJournal() {
        return JournalException.refused(path + " is not a journal: its first line does not name a job");
    }

    private void checkHeader() throws IOException, JournalException {
        JournalHeader header;
        try {
            header = JournalHeader.parse(new ObjectMapper().readTree(line.toByteArray()));
        } catch (JsonProcessingException e) {
            header = null;
        }
        if (header == null) {
            throw noJournal();
        }
        if (header.schema() > OutcomeRows.SCHEMA) {
            throw JournalException.refused("journal " + path + " was written by a newer version: schema "
                    + header.schema() + ", this one reads up to " + OutcomeRows.SCHEMA);
        }
        if (!ours.test(header)) {
            throw JournalException.refused("journal " + path + " is of another job (" + header.work()
                    + ", or the same with other options): name another file");
        }
    }

    /** Notes a success. A row must be whole JSON with a key and a known state: anything else is damage. */
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
            expect(false);
        }
        expect(key != null && state != null && STATES.contains(state));
        if (state.equals(OutcomeState.SUCCEEDED.id())) {
            completed.add(key);
        }
    }

    private void expect(boolean sound) throws JournalException {
        if (!sound) {
            throw JournalException.refused("journal " + path + " is damaged at line " + lineNumber
                    + ": restore it from a copy, or begin another");
        }
    }
}
