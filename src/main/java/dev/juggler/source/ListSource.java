package dev.juggler.source;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the inputs of a list on demand. */
final class ListSource implements Source {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final RecordReader reader;
    private final ListFormat format;
    private final boolean owned;
    private boolean begun;
    private long index;

    private ListSource(InputStream in, String name, ListFormat format, boolean owned) {
        this.reader = new RecordReader(in, name, format);
        this.format = format;
        this.owned = owned;
    }

    /** Opens a file. Fails when it cannot be read. */
    static ListSource open(Path file, ListFormat format) throws IOException {
        // Linux opens a folder like a file, and fails at the first read only.
        if (Files.isDirectory(file)) {
            throw ReadErrorText.because("the list", file, "it is a folder");
        }
        try {
            return new ListSource(Files.newInputStream(file), QuotedText.text(file.toString()), format, true);
        } catch (IOException e) {
            throw ReadErrorText.because("the list", file, e);
        }
    }

    /** Returns a source of a stream, which stays open when the source is closed. */
    static ListSource of(InputStream in, ListFormat format) {
        return new ListSource(in, "standard input", format, false);
    }

    @Override
    public List<Task> next(int max) throws IOException {
        Sources.atLeastOne(max);
        List<Task> page = new ArrayList<>();
        String record;
        do {
            record = reader.next();
            if (record != null) {
                add(record, page);
            }
        } while (record != null && page.size() < max && (page.isEmpty() || reader.complete()));
        return page;
    }

    private void add(String record, List<Task> page) {
        String text = format == ListFormat.NUL ? record : line(record);
        begun = true;
        if (format == ListFormat.NUL || !(text.isEmpty() || text.startsWith("#"))) {
            page.add(new Task(index++, new Input.Text(text)));
        }
    }

    private String line(String record) {
        boolean marked = !begun && record.startsWith(BYTE_ORDER_MARK);
        return (marked ? record.substring(1) : record).strip();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        if (owned) {
            reader.close();
        }
    }
}
