package dev.juggler.source;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Converts texts to URLs. Those with a user become inputs whose keys hide it. */
final class UrlSource implements Source {
    private final Source texts;

    UrlSource(Source texts) {
        this.texts = texts;
    }

    @Override
    public List<Task> next(int max) throws IOException {
        List<Task> page = texts.next(max);
        return page.stream().anyMatch(UrlSource::mayNameUser)
                ? page.stream().map(UrlSource::url).toList()
                : page;
    }

    private static boolean mayNameUser(Task task) {
        return task.key().indexOf('@') >= 0;
    }

    private static Task url(Task task) {
        return task.input() instanceof Input.Text text ? new Task(task.index(), Input.url(text.value())) : task;
    }

    @Override
    public OptionalLong size() {
        return texts.size();
    }

    @Override
    public void close() throws IOException {
        texts.close();
    }
}
