package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.util.concurrent.RejectedExecutionException;

/** Fetches on a thread that may block, over the connections of an event loop. */
final class BlockingFetch implements BlockingWork {
    private final FetchPlan plan;
    private final FetchLoop loop;
    private final boolean ownsLoop;

    /** @param ownsLoop whether the session and the connections are this worker's own, or shared by all of a job */
    BlockingFetch(FetchPlan plan, FetchLoop loop, boolean ownsLoop) {
        this.plan = plan;
        this.loop = loop;
        this.ownsLoop = ownsLoop;
    }

    @Override
    public Result run(Task task) {
        try {
            return new BlockingAttempt(new Attempt(plan, loop.session(), task), loop).run();
        } catch (InvalidUrlException e) {
            return FetchWork.badUrl(task, e);
        }
    }

    @Override
    public void close() {
        if (ownsLoop) {
            try {
                loop.context().runOnContext(ignored -> loop.close());
            } catch (RejectedExecutionException ended) {
                // The loops of the job have ended, and all connections with them.
                return;
            }
        }
    }
}
