package dev.juggler.work.fetch;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fetches URLs. A task's key is its URL; its value is a {@code Value.Fetched}. Safe for use by any thread.
 *
 * <p>The types of a task's error: {@code bad-url}, {@code dns}, {@code connect}, {@code tls}, {@code reset}, {@code
 * protocol}, {@code proxy}, {@code redirect}, {@code http-status}, {@code truncated}, {@code bad-chunk}, {@code
 * content-range}, {@code checksum}, {@code too-large}, {@code idle}, {@code too-slow}, {@code encoding}, {@code ratio},
 * {@code io}.
 */
public final class FetchWork implements WorkProvider {
    /** How many bytes the JDK's client reads at a time. */
    private static final int READ = 1 << 16;

    private final FetchPlan plan;
    private final Map<String, String> secrets;
    private HttpClient sharedClient;
    private Session sharedSession;
    private ExecutorService files;

    private FetchWork(FetchPlan plan, Map<String, String> secrets) {
        this.plan = plan;
        this.secrets = Map.copyOf(secrets);
    }

    /** As {@link #prepare(FetchSpec, FetchSettings, Map)} with the default settings and no secrets. */
    public static FetchWork prepare(FetchSpec spec) {
        return prepare(spec, FetchSettings.DEFAULT, Map.of());
    }

    /**
     * Checks the spec, reads the files it names and opens, or makes, the output folder. Blocks on the file system.
     *
     * @param secrets values of variables that the spec refers to and that stand nowhere else
     * @throws InvalidWorkException when the method, a header or a limit cannot be used, a file is missing or broken, or
     *     the folder not be written
     */
    public static FetchWork prepare(FetchSpec spec, FetchSettings settings, Map<String, String> secrets) {
        // JDK's client lets a user set Host only when told so before its first use in a JVM.
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
        // And says Basic to the proxy of a secure connection only then; a login that was given is meant to be sent.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
        // It reads 16 KiB at a time otherwise, which doubles what a long body costs.
        if (System.getProperty("jdk.httpclient.bufsize") == null) {
            System.setProperty("jdk.httpclient.bufsize", Integer.toString(READ));
        }
        return new FetchWork(FetchPlan.of(spec, settings, secrets), secrets);
    }

    @Override
    public BlockingWork blocking() {
        refuseSocks();
        return new BlockingFetch(plan, plan.access().session(), BlockingFetch.newClient(plan), true);
    }

    @Override
    public synchronized BlockingWork blockingShared() {
        refuseSocks();
        if (sharedClient == null) {
            sharedClient = BlockingFetch.newClient(plan);
            sharedSession = plan.access().session();
        }
        return new BlockingFetch(plan, sharedSession, sharedClient, false);
    }

    private void refuseSocks() {
        if (plan.access().proxies().hasSocks()) {
            throw InvalidWorkException.usage(
                    "a SOCKS proxy works under --model async alone: the JDK's client has no SOCKS");
        }
    }

    /** Refuses a SOCKS proxy where the client has none. */
    @Override
    public void check(ConcurrencyModel model) {
        if (model != ConcurrencyModel.ASYNC) {
            refuseSocks();
        }
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return new AsyncFetch(plan, vertx, files());
    }

    @Override
    public Map<String, String> secrets() {
        return secrets;
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
        plan.access().close();
    }

    /** The URL to ask for, with the user and password that the key lacks. */
    static String url(Task task) {
        return task.input() instanceof Input.Url url ? url.value() : task.key();
    }

    static Result badUrl(Task task, MalformedUrlException why) {
        String key = task.key();
        String shown = Excerpt.of(key.substring(key.lastIndexOf('@') + 1));
        return new Result.Failed(
                TaskError.permanent("bad-url", "'" + shown + "' cannot be fetched: " + why.getMessage()));
    }
}
