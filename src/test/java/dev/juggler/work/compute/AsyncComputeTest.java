package dev.juggler.work.compute;

import static dev.juggler.work.compute.FunctionCalls.builtIn;
import static dev.juggler.work.compute.FunctionCalls.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class AsyncComputeTest {
    private Context loop;
    private Vertx vertx;

    @BeforeEach
    void createContext(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    @Test
    void functionRunsOnTheLoopAndCompletesBeforeReturn(VertxTestContext test) {
        onLoop(test, function("static Object f(long x) { return Thread.currentThread().getName(); }"), work -> {
            Future<Result> future = work.start(task(5), new Cancellation());
            assertTrue(future.isComplete());
            assertEquals(Thread.currentThread().getName(), FunctionCalls.json(future.result()));
            test.completeNow();
        });
    }

    @ParameterizedTest
    @CsvSource({"abc, bad-input", "-1, exception"})
    void exceptionBecomesAFailedResult(String input, String type, VertxTestContext test) {
        onLoop(test, function("static long f(long x) { if (x < 0) throw new RuntimeException(); return x; }"), work -> {
            Future<Result> future = work.start(new Task(0, new Input.Text(input)), new Cancellation());
            assertEquals(type, future.result().error().type());
            test.completeNow();
        });
    }

    @Test
    void sleepsAreConcurrentOnOneLoopAndCompleteOnIt(VertxTestContext test) {
        onLoop(test, builtIn("sleep"), work -> {
            List<Future<Result>> sleeps = Stream.of("20ms", "20ms", "0.02", "0")
                    .map(time -> work.start(new Task(0, new Input.Text(time)), new Cancellation()))
                    .toList();
            assertTrue(sleeps.stream().limit(3).noneMatch(Future::isComplete));
            Future.all(sleeps)
                    .onComplete(test.succeeding(all -> test.verify(() -> {
                        assertSame(loop, Vertx.currentContext());
                        assertEquals(
                                List.of("slept 20ms", "slept 20ms", "slept 20ms", "slept 0s"),
                                all.<Result>list().stream()
                                        .map(FunctionCalls::json)
                                        .toList());
                        test.completeNow();
                    })));
        });
    }

    @Test
    void resultOfAnotherThreadArrivesOnTheLoop(VertxTestContext test) {
        String method = "static Object f(long x) { return java.util.concurrent.CompletableFuture.supplyAsync("
                + "() -> List.of(x), r -> Thread.ofPlatform().start(r)); }";
        onLoop(
                test,
                function(method),
                work -> work.start(task(5), new Cancellation())
                        .onComplete(test.succeeding(result -> test.verify(() -> {
                            assertSame(loop, Vertx.currentContext());
                            assertEquals(List.of(5L), FunctionCalls.json(result));
                            test.completeNow();
                        }))));
    }

    @Test
    void failedFutureAndUnconvertibleValueAreFailedResults(VertxTestContext test) {
        String method = "static Object f(long x) { return java.util.concurrent.CompletableFuture.supplyAsync(() -> {"
                + " if (x == 1) throw new IllegalStateException(\"late\"); return new Object(); }); }";
        onLoop(
                test,
                function(method),
                work -> Future.all(work.start(task(1), new Cancellation()), work.start(task(2), new Cancellation()))
                        .onComplete(test.succeeding(all -> test.verify(() -> {
                            assertEquals(
                                    "IllegalStateException: late",
                                    all.<Result>resultAt(0).error().message());
                            assertEquals(
                                    "bad-value", all.<Result>resultAt(1).error().type());
                            test.completeNow();
                        }))));
    }

    @Test
    void cancelledSleepEndsAtOnce(VertxTestContext test) {
        onLoop(test, builtIn("sleep"), work -> {
            Cancellation cancellation = new Cancellation();
            Future<Result> future = work.start(task(3600), cancellation);
            cancellation.cancel();
            assertInstanceOf(Result.Cancelled.class, future.result());
            test.completeNow();
        });
    }

    @Test
    void cancellationReachesTheReturnedFuture(VertxTestContext test) {
        String method = "static final java.util.concurrent.CompletableFuture<Object> NEVER = new java.util.concurrent"
                + ".CompletableFuture<>(); static Object f(long x) { return x == 0 ? NEVER.isCancelled() : NEVER; }";
        onLoop(test, function(method), work -> {
            Cancellation cancellation = new Cancellation();
            Future<Result> future = work.start(task(1), cancellation);
            cancellation.cancel();
            future.onComplete(test.succeeding(result -> test.verify(() -> {
                assertInstanceOf(Result.Failed.class, result);
                assertEquals(
                        true,
                        FunctionCalls.json(
                                work.start(task(0), new Cancellation()).result()));
                test.completeNow();
            })));
        });
    }

    private void onLoop(VertxTestContext test, ComputeSpec spec, Consumer<AsyncWork> body) {
        ComputeWork work = ComputeWork.prepare(spec);
        loop.runOnContext(_ -> test.verify(() -> body.accept(work.async(vertx))));
    }

    private static Task task(long input) {
        return new Task(0, new Input.Whole(input));
    }
}
