package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fetches URLs. A task's key is its URL; its value is a {@code Value.Fetched}. Safe for use by any thread.
 *
 * <p>The types of a task's error: {@code bad-url}, {@code dns}, {@code connect}, {@code tls}, {@code reset}, {@code
 * protocol}, {@code redirect}, {@code http-status}, {@code truncated}, {@code bad-chunk}, {@code content-range}, {@code
 * checksum}, {@code too-large}, {@code io}.
 */
public final class FetchWork implements WorkProvider {
    private final FetchPlan plan;
    private HttpClient sharedClient;
    private ExecutorService files;

    private FetchWork(FetchPlan plan) {
        this.plan = plan;
    }

    /** As {@link #prepare(FetchSpec, FetchSettings)} with the default settings. */
    public static FetchWork prepare(FetchSpec spec) {
        return prepare(spec, FetchSettings.DEFAULT);
    }

    /**
     * Checks the spec and opens, or makes, the output folder. Blocks on the file system.
     *
     * @throws InvalidWorkException when the method, a header or a limit cannot be used, or the folder not be written
     */
    public static FetchWork prepare(FetchSpec spec, FetchSettings settings) {
        // JDK's client lets a user set Host only when told so before its first use in a JVM.
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
        return new FetchWork(FetchPlan.of(spec, settings));
    }

    @Override
    public BlockingWork blocking() {
        return new BlockingFetch(plan, BlockingFetch.newClient(plan.settings()), true);
    }

    @Override
    public synchronized BlockingWork blockingShared() {
        if (sharedClient == null) {
            sharedClient = BlockingFetch.newClient(plan.settings());
        }
        return new BlockingFetch(plan, sharedClient, false);
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return new AsyncFetch(plan, vertx, files());
    }

    /** The origin of the URL: scheme, host and port. */
    @Override
    public String group(Task task) {
        try {
            return InputLine.parse(task.key()).target().origin().url();
        } catch (MalformedUrlException e) {
            return "";
        }
    }

    /** The threads that write files for event loops: few, because what they wait for is one disk. */
    private synchronized ExecutorService files() {
        if (files == null) {
            int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
            files = Executors.newFixedThreadPool(
                    threads,
                    Thread.ofPlatform().daemon().name("juggler-files-", 0).factory());
        }
        return files;
    }

    @Override
    public synchronized void close() {
        if (sharedClient != null) {
            sharedClient.shutdownNow();
        }
        if (files != null) {
            files.close();
        }
        plan.close();
    }

    static Result badUrl(Task task, MalformedUrlException why) {
        String key = task.key();
        String shown = Excerpt.of(key.substring(key.lastIndexOf('@') + 1));
        return new Result.Failed(
                TaskError.permanent("bad-url", "'" + shown + "' cannot be fetched: " + why.getMessage()));
    }
}
