package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import java.net.http.HttpClient;

/** Fetches on a thread that may block, with a client that is this worker's own or shared by all of a job. */
final class BlockingFetch implements BlockingWork {
    private final FetchPlan plan;
    private final Session session;
    private final HttpClient client;
    private final boolean ownsClient;

    BlockingFetch(FetchPlan plan, Session session, HttpClient client, boolean ownsClient) {
        this.plan = plan;
        this.session = session;
        this.client = client;
        this.ownsClient = ownsClient;
    }

    /**
     * A client whose one thread both waits on the sockets and hands on what comes: what is done there is counting and
     * copying, and each further hop between threads would cost more.
     */
    static HttpClient newClient(FetchPlan plan) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(plan.settings().connectTimeout())
                .sslContext(plan.access().tls().context())
                .executor(Runnable::run);
        return plan.access().proxies().isEmpty()
                ? builder.proxy(HttpClient.Builder.NO_PROXY).build()
                : builder.proxy(new BlockingProxies(plan.access().proxies())).build();
    }

    @Override
    public Result run(Task task) throws InterruptedException {
        try {
            return run(new Attempt(plan, session, task));
        } catch (MalformedUrlException e) {
            return FetchWork.badUrl(task, e);
        }
    }

    private Result run(Attempt attempt) throws InterruptedException {
        Result result = attempt.prepare();
        BlockingExchange exchange = null;
        try {
            while (result == null) {
                if (attempt.segments() == null) {
                    exchange = new BlockingExchange(attempt);
                    result = exchange.run(client);
                } else {
                    result = new BlockingSegments(attempt, client).run();
                }
            }
        } finally {
            letGo(attempt, exchange);
        }
        return result;
    }

    /** An interrupt would close the files that are still to be put away. */
    private static void letGo(Attempt attempt, BlockingExchange exchange) {
        if (attempt.holds(exchange == null ? null : exchange.intake())) {
            boolean interrupted = Thread.interrupted();
            attempt.letGo(exchange == null ? Batch.EMPTY : exchange.rest());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (ownsClient) {
            client.shutdownNow();
        }
    }
}
