package dev.juggler.source;

import dev.juggler.job.Task;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** Concatenates sources, with consecutive indexes. Closes each source at its end. */
final class ConcatSource implements Source {
    private final Deque<Source> rest;
    private final OptionalLong size;
    private long index;
    private long base; // the index of the current source's first task

    ConcatSource(List<? extends Source> sources) {
        this.rest = new ArrayDeque<>(sources);
        this.size = sources.stream().allMatch(source -> source.size().isPresent())
                ? OptionalLong.of(Sources.total(
                        sources.stream().mapToLong(source -> source.size().orElseThrow())))
                : OptionalLong.empty();
    }

    @Override
    public List<Task> next(int max) throws IOException {
        while (!rest.isEmpty()) {
            List<Task> page = rest.getFirst().next(max);
            if (!page.isEmpty()) {
                index += page.size();
                return renumbered(page);
            }
            rest.removeFirst().close();
            base = index;
        }
        return List.of();
    }

    private List<Task> renumbered(List<Task> page) {
        return base == 0
                ? page
                : page.stream()
                        .map(task -> new Task(base + task.index(), task.input()))
                        .toList();
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    /** Closes every remaining source, even when closing one of them fails. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!rest.isEmpty()) {
            try {
                rest.removeFirst().close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
