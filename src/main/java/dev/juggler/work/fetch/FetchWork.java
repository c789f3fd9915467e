package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.url.InvalidUrlException;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches URLs. A task's key is its URL; its value is a {@code Value.Fetched}. Safe for use by any thread.
 *
 * <p>The types of a task's error: {@code bad-url}, {@code dns}, {@code connect}, {@code tls}, {@code reset},
 * {@code protocol}, {@code proxy}, {@code redirect}, {@code http-status}, {@code truncated}, {@code bad-chunk},
 * {@code content-range}, {@code checksum}, {@code too-large}, {@code idle}, {@code too-slow}, {@code encoding},
 * {@code ratio}, {@code io}.
 */
public final class FetchWork implements WorkProvider {
    private final FetchPlan plan;
    private final Map<String, String> secrets;
    private @Nullable BlockingFetchLoops loops;
    private @Nullable FetchLoop sharedLoop;
    private @Nullable ExecutorService files;

    private FetchWork(FetchPlan plan, Map<String, String> secrets) {
        this.plan = plan;
        this.secrets = Map.copyOf(secrets);
    }

    /** Calls {@link #prepare(FetchSpec, FetchSettings, Map)} with the default settings and no secrets. */
    public static FetchWork prepare(FetchSpec spec) {
        return prepare(spec, FetchSettings.DEFAULT, Map.of());
    }

    /**
     * Checks the spec, reads the files it names and opens, or creates, the output folder. Blocks on the file system.
     *
     * @param secrets values, by name, of variables in the spec that are not defined elsewhere
     * @throws InvalidWorkException when the method, a header or a limit is invalid, a file is missing or invalid, or
     *     the folder is not writable
     */
    public static FetchWork prepare(FetchSpec spec, FetchSettings settings, Map<String, String> secrets) {
        return new FetchWork(FetchPlan.of(spec, settings, secrets), secrets);
    }

    @Override
    public BlockingWork blocking() {
        return new BlockingFetch(plan, loops().open(), true);
    }

    @Override
    public synchronized BlockingWork blockingShared() {
        if (sharedLoop == null) {
            sharedLoop = loops().open();
        }
        return new BlockingFetch(plan, sharedLoop, false);
    }

    private synchronized BlockingFetchLoops loops() {
        if (loops == null) {
            loops = new BlockingFetchLoops(plan);
        }
        return loops;
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return new AsyncFetch(plan, vertx, files());
    }

    @Override
    public Map<String, String> secrets() {
        return secrets;
    }

    /** Returns the origin of the URL: scheme, host and port. */
    @Override
    public String group(Task task) {
        try {
            return FetchInput.parse(task.key()).target().origin().url();
        } catch (InvalidUrlException e) {
            return "";
        }
    }

    /** Returns the threads that write files for event loops: few, because they all wait for one disk. */
    private synchronized ExecutorService files() {
        if (files == null) {
            int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
            // A counter in the names would load six more classes at startup.
            files = Executors.newFixedThreadPool(
                    threads, Thread.ofPlatform().daemon().name("juggler-files").factory());
        }
        return files;
    }

    @Override
    public synchronized void close() {
        if (loops != null) {
            loops.close();
        }
        if (files != null) {
            files.close();
        }
        plan.close();
        plan.access().close();
    }
}
