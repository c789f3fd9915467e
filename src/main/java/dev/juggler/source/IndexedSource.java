package dev.juggler.source;

import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Returns computed inputs as tasks. Reads nothing and never blocks. */
final class IndexedSource implements Source {
    private final List<IndexedInputs> parts;
    private final long size;
    private long index;
    private int part;
    private long position;

    /**
     * Makes a source of all parts in order.
     *
     * @throws IllegalArgumentException when their number of items exceeds a long
     */
    IndexedSource(List<? extends IndexedInputs> parts) {
        this.parts = List.copyOf(parts);
        this.size = Sources.total(this.parts.stream().mapToLong(IndexedInputs::count));
    }

    @Override
    public List<Task> next(int max) {
        List<Task> page = new ArrayList<>((int) Math.min(Sources.atLeastOne(max), size - index));
        while (page.size() < max && part < parts.size()) {
            take(parts.get(part), max, page);
        }
        return page;
    }

    private void take(IndexedInputs items, int max, List<Task> page) {
        long end = position + Math.min(items.count() - position, max - page.size());
        for (long at = position; at < end; at++) {
            page.add(new Task(index++, items.at(at)));
        }
        position = end;
        if (position == items.count()) {
            part++;
            position = 0;
        }
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
