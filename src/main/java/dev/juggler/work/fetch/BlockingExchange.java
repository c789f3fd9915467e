package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.WorkSpec.Header;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;

/** One request and its answer over the JDK's client, on the calling thread. */
final class BlockingExchange {
    private final Attempt attempt;

    BlockingExchange(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Does the exchange; null when there is another one to do. */
    Result run(HttpClient client) throws InterruptedException {
        Outgoing outgoing = attempt.outgoing();
        BodyReader reader;
        try {
            reader = client.send(request(outgoing), info -> new BodyReader(attempt.accept(head(info))))
                    .body();
        } catch (IOException | IllegalArgumentException e) {
            return attempt.brokenOff(named(e, outgoing.target().origin()), null);
        }
        return receive(reader);
    }

    private static HttpRequest request(Outgoing outgoing) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(outgoing.target().url()));
        for (Header header : outgoing.headers()) {
            builder.header(header.name(), header.value());
        }
        byte[] body = outgoing.body();
        return builder.method(
                        outgoing.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private static Head head(ResponseInfo info) {
        return new Head(
                info.statusCode(), name -> info.headers().firstValue(name).orElse(null));
    }

    private Result receive(BodyReader reader) throws InterruptedException {
        Intake intake = reader.intake();
        Saving saving = null;
        try {
            Batch batch;
            while ((batch = reader.nextFull()) != null) {
                saving = saving == null ? attempt.saving() : saving;
                saving.write(batch);
            }
            if (reader.fault() == null && attempt.isToBeSaved(intake)) {
                Saving whole = saving == null ? attempt.saving() : saving;
                saving = null;
                return attempt.saved(intake, whole.commit(intake.handOver()));
            }
        } catch (IOException e) {
            return attempt.notSaved(intake, e);
        } finally {
            reader.close();
            if (saving != null) {
                saving.discard(new IOException("the fetch failed"));
            }
        }
        return reader.fault() == null ? attempt.ended(intake) : attempt.brokenOff(reader.fault(), intake);
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
