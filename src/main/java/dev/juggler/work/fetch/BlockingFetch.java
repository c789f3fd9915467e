package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import java.net.http.HttpClient;

/** Fetches on a thread that may block, with a client that is this worker's own or shared by all of a job. */
final class BlockingFetch implements BlockingWork {
    private final FetchPlan plan;
    private final HttpClient client;
    private final boolean ownsClient;

    BlockingFetch(FetchPlan plan, HttpClient client, boolean ownsClient) {
        this.plan = plan;
        this.client = client;
        this.ownsClient = ownsClient;
    }

    /**
     * A client whose one thread both waits on the sockets and hands on what comes: what is done there is counting and
     * copying, and each further hop between threads would cost more.
     */
    static HttpClient newClient(FetchSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Result run(Task task) throws InterruptedException {
        try {
            Attempt attempt = new Attempt(plan, Target.parse(task.key()));
            Result result = null;
            while (result == null) {
                result = new BlockingExchange(attempt).run(client);
            }
            return result;
        } catch (MalformedUrlException e) {
            return FetchWork.badUrl(task, e);
        }
    }

    @Override
    public void close() {
        if (ownsClient) {
            client.shutdownNow();
        }
    }
}
