package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.fetch.http.ClientTls;
import dev.juggler.work.fetch.http.FetchSettings;
import dev.juggler.work.fetch.http.ReadSizes;
import dev.juggler.work.fetch.url.InvalidUrlException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.concurrent.Executor;

/** Fetches on an event loop: one client, whose connections live on that loop, serves all tasks of the worker. */
final class AsyncFetch implements AsyncWork {
    private final FetchPlan plan;
    private final HttpClientAgent client;
    private final FetchLoop loop;
    private final FileTasks files;

    AsyncFetch(FetchPlan plan, Vertx vertx, Executor files) {
        this.plan = plan;
        this.client = client(plan, vertx);
        this.loop = new FetchLoop(plan, vertx, client, new ReadSizes(plan.bandwidth() == null));
        this.files = new FileTasks(loop.context(), files);
    }

    /** Builds a client for any loop of this Vert.x. */
    static HttpClientAgent client(FetchPlan plan, Vertx vertx) {
        return vertx.httpClientBuilder().with(options(plan)).build();
    }

    private static HttpClientOptions options(FetchPlan plan) {
        FetchSettings settings = plan.settings();
        ClientTls tls = new ClientTls(plan.access().tls());
        HttpClientOptions options = new HttpClientOptions();
        options.setTrustOptions(tls)
                .setKeyCertOptions(tls.keys())
                .setVerifyHost(!tls.tls().insecure());
        // ALPN offers both; a connection without TLS is set to HTTP/1.1 by the pool.
        options.setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        // Pushed responses are not used, and the Vert.x client aborts more than the push when one arrives.
        options.setInitialSettings(new Http2Settings().setPushEnabled(false));
        options.setConnectTimeout((int) settings.connectTimeout().toMillis());
        options.setTracingPolicy(TracingPolicy.IGNORE);
        return options;
    }

    @Override
    public Future<Result> start(Task task, Cancellation cancellation) {
        try {
            FetchCall call = FetchCall.of(task, plan, loop, files);
            Future<Result> result = call.start();
            cancellation.onCancel(call::cancel);
            return result;
        } catch (InvalidUrlException e) {
            return Future.succeededFuture(FetchInput.invalid(task, e));
        }
    }

    @Override
    public void close() {
        loop.close();
        client.close();
    }
}
