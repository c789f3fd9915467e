package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The segments of one attempt, each on a virtual thread that ends before the attempt goes on. The calling thread waits
 * and watches; the first segment that fails ends the others.
 */
final class BlockingSegments {
    private final Attempt attempt;
    private final HttpClient client;
    private final List<BlockingExchange> exchanges;
    private final Pulse pulse;

    BlockingSegments(Attempt attempt, HttpClient client) {
        this.attempt = attempt;
        this.client = client;
        this.exchanges =
                attempt.segments().parts().stream().map(BlockingExchange::new).toList();
        this.pulse = attempt.pulse();
    }

    /** Fetches them all; null when there is an exchange to do. */
    Result run() throws InterruptedException {
        try {
            attempt.beginSegments();
            return attempt.join(firstFailure());
        } catch (IOException e) {
            return attempt.notSaved(null, e);
        } catch (TooSlowException e) {
            return attempt.tooSlow(e.error(), null);
        }
    }

    private Result firstFailure() throws InterruptedException, TooSlowException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                CompletionService<Result> ended = new ExecutorCompletionService<>(threads);
                exchanges.forEach(exchange -> ended.submit(() -> exchange.run(client)));
                return firstFailure(ended);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private Result firstFailure(CompletionService<Result> ended) throws InterruptedException, TooSlowException {
        int left = exchanges.size();
        while (left > 0) {
            Future<Result> one = ended.poll(Pulse.TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (one == null) {
                look();
            } else if (resultOf(one) instanceof Result.Succeeded) {
                left--;
            } else {
                return resultOf(one);
            }
        }
        return null;
    }

    private static Result resultOf(Future<Result> ended) throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a segment broke", e.getCause());
        }
    }

    private void look() throws TooSlowException {
        if (pulse != null) {
            boolean held = exchanges.stream().anyMatch(BlockingExchange::isHeld);
            TaskError why = pulse.check(attempt.segments().count(), held, System.nanoTime());
            if (why != null) {
                throw new TooSlowException(why);
            }
        }
    }
}
