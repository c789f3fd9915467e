package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One attempt of a thread that may block: the sockets are an event loop's, and the thread waits for what there is to do
 * with files, which it does itself, until there is a result.
 */
final class BlockingAttempt {
    private final Attempt attempt;
    private final FetchLoop loop;
    private final BlockingQueue<Runnable> actions = new LinkedBlockingQueue<>();

    /** Confined to the loop. */
    private AsyncAttempt running;

    // Confined to the thread.
    private Result result;
    private Throwable defect;

    BlockingAttempt(Attempt attempt, FetchLoop loop) {
        this.attempt = attempt;
        this.loop = loop;
    }

    /** When the thread is interrupted the attempt is cancelled, and ends with what is known; the thread stays interrupted. */
    Result run() {
        loop.context().runOnContext(ignored -> begin());
        boolean interrupted = false;
        while (result == null && defect == null) {
            try {
                actions.take().run();
            } catch (InterruptedException e) {
                interrupted = true;
                loop.context().runOnContext(ignored -> cancel());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (defect != null) {
            throw new IllegalStateException("an attempt broke", defect);
        }
        return result;
    }

    private void cancel() {
        if (running != null) {
            running.cancel();
        }
    }

    private void begin() {
        try {
            running = loop.begin(attempt, new FileTasks(loop.context(), actions::add));
        } catch (RuntimeException e) {
            // Nobody else would tell the thread that waits.
            actions.add(() -> defect = e);
            return;
        }
        running.result()
                .onComplete((ended, broken) -> actions.add(() -> {
                    result = ended;
                    defect = broken;
                }));
    }
}
