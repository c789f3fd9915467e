package dev.juggler.node.settings;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Fetches from the hosts of a list alone; tasks with other URLs fail without a connection. */
record AllowedHosts(WorkProvider work, List<String> hosts) implements WorkProvider {

    @Override
    public BlockingWork blocking() {
        return limited(work.blocking());
    }

    @Override
    public BlockingWork blockingShared() {
        return limited(work.blockingShared());
    }

    private BlockingWork limited(BlockingWork inner) {
        return new BlockingWork() {
            @Override
            public Result run(Task task) throws InterruptedException {
                Optional<Result> refused = refused(task);
                return refused.isPresent() ? refused.get() : inner.run(task);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        AsyncWork inner = work.async(vertx);
        return new AsyncWork() {
            @Override
            public Future<Result> start(Task task, Cancellation cancellation) {
                return refused(task).map(Future::succeededFuture).orElseGet(() -> inner.start(task, cancellation));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private Optional<Result> refused(Task task) {
        return hosts.contains(host(task.key()))
                ? Optional.empty()
                : Optional.of(new Result.Failed(
                        TaskError.permanent("not-allowed", "this node does not fetch from the host of this URL")));
    }

    /** What stands as the host in this URL; nothing when it is none, and then it is on no list. */
    static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    @Override
    public Map<String, String> secrets() {
        return work.secrets();
    }

    @Override
    public Duration grace() {
        return work.grace();
    }

    @Override
    public void close() {
        work.close();
    }
}
