package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.fetch.http.FetchSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Fetches single pages into memory with the headers, logins, certificates and proxies of a job, before the job's own
 * inputs are known. Used by one thread at a time; its methods block.
 */
public final class PageFetch implements AutoCloseable {
    private static final long MAX_BYTES = 64 << 20;

    private final Path folder;
    private final FetchWork work;
    private final BlockingWork blocking;
    private final RetryPolicy retry;
    private final Random random = new Random();

    private PageFetch(Path folder, FetchWork work, RetryPolicy retry) {
        this.folder = folder;
        this.work = work;
        this.blocking = work.blocking();
        this.retry = retry;
    }

    /**
     * Prepares to fetch pages; creates a temporary folder.
     *
     * @param spec the spec of the job; its method, body and output folder are not used
     * @param secrets see {@link FetchWork#prepare(FetchSpec, FetchSettings, Map)}, whose exceptions this throws too
     * @throws IOException when the temporary folder cannot be created
     */
    public static PageFetch prepare(FetchSpec spec, Map<String, String> secrets, RetryPolicy retry) throws IOException {
        Path folder = Files.createTempDirectory("juggler-pages-");
        FetchSpec pages = spec.with(new Request("GET", spec.request().headers(), Optional.empty()))
                .with(new Saving(Optional.of(folder.toString()), false))
                .with(new FetchLimits(spec.bounds().maxRedirects(), MAX_BYTES));
        try {
            return new PageFetch(folder, FetchWork.prepare(pages, FetchSettings.DEFAULT, secrets), retry);
        } catch (RuntimeException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /**
     * Reads the body of a page, at most 64 MiB.
     *
     * @throws IOException when all attempts fail; the message names the page and the cause
     */
    public byte[] read(String url) throws IOException {
        Task task = new Task(0, Input.url(url));
        try {
            Result result = blocking.run(task);
            for (int attempt = 1; retry.retries(attempt, result); attempt++) {
                Thread.sleep(retry.delayMillis(attempt, random));
                result = blocking.run(task);
            }
            return body(task, result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + task.key());
        }
    }

    private static byte[] body(Task task, Result result) throws IOException {
        TaskError error = result.error();
        if (error != null) {
            throw new IOException("cannot read " + task.key() + ": " + error.message());
        }
        if (!(result.value() instanceof Value.Fetched fetched)) {
            throw new IllegalStateException("the result of a fetch is " + result.value());
        }
        if (fetched.path() == null) {
            return new byte[0];
        }
        Path file = Path.of(fetched.path());
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        blocking.close();
        work.close();
        Files.deleteIfExists(folder);
    }
}
