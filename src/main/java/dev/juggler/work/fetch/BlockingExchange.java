package dev.juggler.work.fetch;

import dev.juggler.access.Proxy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request and its answer over the JDK's client, on the calling thread. */
final class BlockingExchange {
    private final Policy attempt;

    /** Set by the thread of the client when the head is there. */
    private volatile BodyReader reader;

    private final Pulse pulse;

    BlockingExchange(Policy attempt) {
        this.attempt = attempt;
        this.pulse = attempt.pulse();
    }

    /** Does the exchange; null when there is another one to do. */
    Result run(HttpClient client) throws InterruptedException {
        Outgoing outgoing = attempt.outgoing();
        try {
            HttpResponse<BodyReader> answer = send(client, request(outgoing));
            return answer.body() == null ? tunnelRefused(answer) : receive(answer.body());
        } catch (TooSlowException e) {
            if (reader != null) {
                reader.close();
            }
            return attempt.tooSlow(e.error(), intake());
        } catch (IOException | IllegalArgumentException e) {
            return brokenOff(named(e, outgoing.target().origin()));
        }
    }

    /** When a proxy wants a login for a tunnel the client gives its answer without asking who takes the body. */
    private Result tunnelRefused(HttpResponse<BodyReader> answer) {
        return attempt.ended(attempt.accept(new Head(answer.statusCode(), new Fields(answer.headers()))));
    }

    /** Waits for the answer and the first of its body; step by step when the server may be too slow. */
    private HttpResponse<BodyReader> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException, TooSlowException {
        if (pulse == null) {
            return client.send(request, this::answered);
        }
        CompletableFuture<HttpResponse<BodyReader>> answer = client.sendAsync(request, this::answered);
        try {
            while (true) {
                try {
                    return answer.get(Pulse.TICK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    look();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private void look() throws TooSlowException {
        BodyReader begun = reader;
        TaskError why = begun == null
                ? pulse.check(0, false, System.nanoTime())
                : pulse.check(begun.count(), begun.isHeld(), System.nanoTime());
        if (why != null) {
            throw new TooSlowException(why);
        }
    }

    private BodyReader answered(ResponseInfo info) {
        reader = new BodyReader(attempt.accept(head(info)), attempt.bandwidth());
        return reader;
    }

    /** The client may fail the call though it has shown the head, when the connection ends right after it. */
    private Result brokenOff(Exception cause) {
        BodyReader begun = reader;
        if (begun == null) {
            return attempt.brokenOff(cause, null);
        }
        begun.close();
        return attempt.brokenOff(cause, begun.intake());
    }

    private static HttpRequest request(Outgoing outgoing) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(outgoing.target().url())).version(version(outgoing));
        for (Header header : outgoing.headers()) {
            builder.header(header.name(), header.value());
        }
        outgoing.proxy().flatMap(Proxy::login).ifPresent(login -> builder.header("proxy-authorization", login.basic()));
        byte[] body = outgoing.body();
        return builder.method(
                        outgoing.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    /** HTTP/2 where the TLS handshake finds that both speak it; it has no Host header for a user to set. */
    private static HttpClient.Version version(Outgoing outgoing) {
        return outgoing.target().origin().tls() && !FetchPlan.has(outgoing.headers(), "host")
                ? HttpClient.Version.HTTP_2
                : HttpClient.Version.HTTP_1_1;
    }

    private static Head head(ResponseInfo info) {
        return new Head(info.statusCode(), new Fields(info.headers()));
    }

    private record Fields(HttpHeaders headers) implements Head.Fields {
        /** The client does not mind several lengths; together they are none. */
        @Override
        public String apply(String name) {
            return name.equals("content-length") && headers.allValues(name).size() > 1
                    ? String.join(", ", headers.allValues(name))
                    : headers.firstValue(name).orElse(null);
        }

        @Override
        public List<String> all(String name) {
            return headers.allValues(name);
        }
    }

    private Result receive(BodyReader body) throws InterruptedException {
        Intake intake = body.intake();
        try {
            Batch batch;
            while ((batch = pulse == null ? body.nextFull() : nextWatched(body)) != null) {
                attempt.write(batch);
                body.reuse(batch);
            }
        } catch (TooSlowException e) {
            body.close();
            return attempt.tooSlow(e.error(), intake);
        } catch (IOException e) {
            return attempt.notSaved(intake, e);
        } finally {
            body.close();
        }
        if (body.fault() != null) {
            return attempt.brokenOff(body.fault(), intake);
        }
        return attempt.isToBeSaved(intake) ? attempt.commit(intake, intake.handOver()) : attempt.ended(intake);
    }

    private Batch nextWatched(BodyReader body) throws InterruptedException, TooSlowException {
        while (!body.isReady(Pulse.TICK_MILLIS)) {
            look();
        }
        return body.nextFull();
    }

    /** What came of the body behind the last batch that was written. */
    Batch rest() {
        return reader == null ? Batch.EMPTY : reader.rest();
    }

    /** Whether nothing comes because nothing was asked for. May be called by any thread. */
    boolean isHeld() {
        BodyReader begun = reader;
        return begun != null && begun.isHeld();
    }

    /** Where the body went; null when there was none. */
    Intake intake() {
        return reader == null ? null : reader.intake();
    }

    /** The JDK's client does not say why a host was not found; the resolver still knows. */
    private static Exception named(Exception cause, Origin origin) {
        if (cause instanceof ConnectException && causedByResolver(cause)) {
            try {
                InetAddress.getByName(origin.host());
            } catch (UnknownHostException e) {
                return e;
            }
        }
        return cause;
    }

    private static boolean causedByResolver(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
