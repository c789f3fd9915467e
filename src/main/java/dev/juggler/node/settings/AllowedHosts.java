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

/**
 * Work that fetches from listed hosts only; tasks with other URLs fail with {@code not-allowed}, without a connection.
 */
record AllowedHosts(WorkProvider work, List<String> hosts) implements WorkProvider {

    @Override
    public BlockingWork blocking() {
        return restricted(work.blocking());
    }

    @Override
    public BlockingWork blockingShared() {
        return restricted(work.blockingShared());
    }

    private BlockingWork restricted(BlockingWork inner) {
        return new BlockingWork() {
            @Override
            public Result run(Task task) throws InterruptedException {
                Optional<Result> rejection = rejection(task);
                return rejection.isPresent() ? rejection.get() : inner.run(task);
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
                return rejection(task).map(Future::succeededFuture).orElseGet(() -> inner.start(task, cancellation));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private Optional<Result> rejection(Task task) {
        return hosts.contains(host(task.key()))
                ? Optional.empty()
                : Optional.of(new Result.Failed(
                        TaskError.permanent("not-allowed", "this node does not fetch from the host of this URL")));
    }

    /** The host of a URL in lower case; empty, and so on no list, when the text is not a URL with a host. */
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
