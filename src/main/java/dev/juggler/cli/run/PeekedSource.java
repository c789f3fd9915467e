package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.job.Task;
import dev.juggler.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A source whose first inputs have been read, so that an empty or malformed one is reported before the run starts. */
final class PeekedSource implements Source {
    private static final int PAGE = 64;
    private final Source source;
    private @Nullable List<Task> first;

    private PeekedSource(Source source, List<Task> first) {
        this.source = source;
        this.first = first;
    }

    /**
     * Reads the first inputs.
     *
     * @throws CommandFailure when there are none
     */
    static Source nonEmpty(Source source) throws IOException {
        List<Task> first = source.next(PAGE);
        if (first.isEmpty()) {
            throw CommandFailure.usage("no inputs: the list is empty, or nothing matches");
        }
        return new PeekedSource(source, first);
    }

    @Override
    public List<Task> next(int max) throws IOException {
        List<Task> page = first;
        if (page == null) {
            return source.next(max);
        }
        first = page.size() > max ? page.subList(max, page.size()) : null;
        return page.subList(0, Math.min(max, page.size()));
    }

    @Override
    public OptionalLong size() {
        return source.size();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
