package dev.juggler.bus;

import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes lists of tasks and of outcomes. Numbers that grow from element to element are written as differences, so that
 * a task of a range takes three bytes.
 */
final class WireTasks {
    private static final int TEXT = 0;
    private static final int WHOLE = 1;
    private static final int FILE_CHUNK = 2;
    private static final int URL = 3;

    private static final int SUCCEEDED = 0;
    private static final int FAILED = 1;
    private static final int TIMED_OUT = 2;
    private static final int CANCELLED = 3;

    private long index;
    private long whole;
    private long micros;
    private String worker = "";

    static void write(List<Task> tasks, WireWriter out) {
        WireTasks wire = new WireTasks();
        out.count(tasks.size());
        tasks.forEach(task -> wire.write(task, out));
    }

    static List<Task> read(WireReader in) {
        WireTasks wire = new WireTasks();
        int size = in.size();
        List<Task> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(wire.readTask(in));
        }
        return List.copyOf(tasks);
    }

    static void writeOutcomes(List<Outcome> outcomes, WireWriter out) {
        WireTasks wire = new WireTasks();
        out.count(outcomes.size());
        outcomes.forEach(outcome -> wire.write(outcome, out));
    }

    static List<Outcome> readOutcomes(WireReader in) {
        WireTasks wire = new WireTasks();
        int size = in.size();
        List<Outcome> outcomes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            outcomes.add(wire.readOutcome(in));
        }
        return List.copyOf(outcomes);
    }

    private void write(Task task, WireWriter out) {
        out.number(task.index() - index);
        index = task.index();
        switch (task.input()) {
            case Input.Text(String value) -> {
                out.bits(TEXT);
                out.text(value);
            }
            case Input.Whole(long value) -> {
                out.bits(WHOLE);
                out.number(value - whole);
                whole = value;
            }
            case Input.Url(String value, String key) -> {
                out.bits(URL);
                out.text(value);
                out.text(key);
            }
            case Input.FileChunk(String path, long offset, long length) -> {
                out.bits(FILE_CHUNK);
                out.text(path);
                out.number(offset);
                out.number(length);
            }
        }
    }

    private Task readTask(WireReader in) {
        index += in.number();
        int kind = in.bits();
        Input input = switch (kind) {
            case TEXT -> new Input.Text(in.text());
            case WHOLE -> new Input.Whole(whole += in.number());
            case FILE_CHUNK -> new Input.FileChunk(in.text(), in.number(), in.number());
            case URL -> new Input.Url(in.text(), in.text());
            default -> throw new WireException("unknown kind of input: " + kind);
        };
        return new Task(index, input);
    }

    private void write(Outcome outcome, WireWriter out) {
        write(outcome.task(), out);
        out.count(outcome.attempt());
        boolean same = outcome.worker().equals(worker);
        out.bits(same ? 1 : 0);
        if (!same) {
            worker = outcome.worker();
            out.text(worker);
        }
        out.number(outcome.startedMicros() - micros);
        micros = outcome.startedMicros();
        out.number(outcome.queuedNanos());
        out.number(outcome.runNanos());
        write(outcome.result(), out);
    }

    private Outcome readOutcome(WireReader in) {
        Task task = readTask(in);
        int attempt = in.small();
        if (!in.flag()) {
            worker = in.text();
        }
        micros += in.number();
        long queued = in.number();
        long run = in.number();
        return new Outcome(task, attempt, readResult(in), worker, micros, queued, run);
    }

    private static void write(Result result, WireWriter out) {
        out.bits(
                switch (result) {
                    case Result.Succeeded succeeded -> SUCCEEDED;
                    case Result.Failed failed -> FAILED;
                    case Result.TimedOut late -> TIMED_OUT;
                    case Result.Cancelled cancelled -> CANCELLED;
                });
        TaskError error = result.error();
        if (error != null) {
            WireRecords.write(TaskError.class, error, out);
        }
        WireValues.write(result.value(), out);
    }

    private static Result readResult(WireReader in) {
        int state = in.bits();
        if (state == SUCCEEDED) {
            return new Result.Succeeded(WireValues.read(in));
        }
        TaskError error = (TaskError) WireRecords.read(TaskError.class, in, 0);
        if (error == null) {
            throw new WireException("an error is missing");
        }
        Value value = WireValues.read(in);
        return switch (state) {
            case FAILED -> new Result.Failed(error, value);
            case TIMED_OUT -> new Result.TimedOut(error, value);
            case CANCELLED -> new Result.Cancelled(error, value);
            default -> throw new WireException("unknown kind of result: " + state);
        };
    }
}
