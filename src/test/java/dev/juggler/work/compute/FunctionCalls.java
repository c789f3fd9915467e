package dev.juggler.work.compute;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.BlockingWork;
import java.util.List;
import java.util.Optional;

/** Calls functions in the blocking style. */
public final class FunctionCalls {
    private FunctionCalls() {}

    public static ComputeSpec builtIn(String name) {
        return new ComputeSpec(name, Optional.empty(), List.of());
    }

    public static ComputeSpec source(String function, String text) {
        return new ComputeSpec(function, Optional.of(text), List.of());
    }

    /** Returns the spec of a source file F.java whose {@code class F} has this method. */
    public static ComputeSpec function(String method) {
        return source("F.java", "import java.math.*; import java.util.*; class F { " + method + " }");
    }

    public static Result run(ComputeSpec spec, Input input) throws InterruptedException {
        try (ComputeWork work = ComputeWork.prepare(spec);
                BlockingWork worker = work.blocking()) {
            return worker.run(new Task(0, input));
        }
    }

    public static Object value(ComputeSpec spec, Object input) throws InterruptedException {
        Result result = run(spec, input(input));
        return json(result);
    }

    public static TaskError error(ComputeSpec spec, Object input) throws InterruptedException {
        return assertInstanceOf(Result.Failed.class, run(spec, input(input))).error();
    }

    public static Object json(Result result) {
        Result.Succeeded succeeded = assertInstanceOf(Result.Succeeded.class, result, () -> "" + result);
        return assertInstanceOf(Value.Computed.class, succeeded.value()).json();
    }

    public static Input input(Object input) {
        return switch (input) {
            case Input given -> given;
            case Number number -> new Input.Whole(number.longValue());
            default -> new Input.Text(input.toString());
        };
    }
}
