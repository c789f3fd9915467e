package dev.juggler.client;

import dev.juggler.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client of the job service: submits jobs over an event bus and follows them, on a node in this JVM or in the cluster
 * that this Vert.x has joined.
 *
 * <p>Calls return at once and may be made from any thread. Their futures complete on the caller's Vert.x context, or on
 * an event loop if there is none; they fail with a {@link JobServiceException}, with code 503 when no node replies. No
 * argument may be null.
 */
public final class JobClient {
    private final Vertx vertx;
    private final long timeoutMillis;

    private JobClient(Vertx vertx, Duration timeout) {
        this.vertx = vertx;
        this.timeoutMillis = timeout.toMillis();
    }

    /**
     * Creates a client with a timeout of ten seconds.
     *
     * @param vertx the Vert.x with the event bus; the client never closes it
     */
    public static JobClient on(Vertx vertx) {
        return on(vertx, Duration.ofSeconds(10));
    }

    /**
     * Creates a client with a timeout.
     *
     * @param vertx the Vert.x with the event bus; the client never closes it
     * @param timeout the time to wait for a reply, at least two milliseconds; then the future fails with 503, and a
     *     node may or may not have received the request: submit again under the same key. Idempotent requests, which
     *     are all but cancel and requeue, are sent to the next node after half of the timeout, since a node that hangs
     *     remains a member for some seconds
     */
    public static JobClient on(Vertx vertx, Duration timeout) {
        return new JobClient(vertx, timeout);
    }

    /**
     * Submits a job. Submitting the same request again under its key returns the same job, in its current state.
     *
     * @param request the request, with a key that identifies it
     * @return the status of the job, once the job is flushed to the disk of a node and so survives a crash of that
     *     node; fails with 400 when the request is invalid or not allowed, 409 when the key belongs to another job, 503
     *     when no node accepts it now
     */
    public Future<JobStatus> submit(JobRequest request) {
        return requestIdempotent("submit", new JsonObject(Buffer.buffer(StrictJson.write(request))))
                .map(JobClient::status);
    }

    /**
     * Requests the status of a job.
     *
     * @param id the id of the job
     * @return the status; fails with 404 when there is no job with this id
     */
    public Future<JobStatus> get(String id) {
        return requestIdempotent("get", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * Lists the jobs of all nodes, the latest submissions first.
     *
     * @param limit the maximum number of jobs, from 1 to 1000
     * @return the statuses of the jobs; fails with 400 when the limit is out of range
     */
    public Future<List<JobStatus>> list(int limit) {
        return requestIdempotent("list", new JsonObject().put("limit", limit))
                .map(reply -> reply.getJsonArray("jobs").stream()
                        .map(each -> status((JsonObject) each))
                        .toList());
    }

    /**
     * Requests a page of a job's outcomes.
     *
     * @param id the id of the job
     * @param position 0 for the first page, then {@link OutcomePage#next} of the previous page
     * @param limit the maximum number of rows, from 1 to 1000; long rows may reduce it
     * @return the page; fails with 404 when there is no such job, 400 when there is no such position
     */
    public Future<OutcomePage> outcomes(String id, long position, int limit) {
        JsonObject query =
                new JsonObject().put("id", id).put("position", position).put("limit", limit);
        return requestIdempotent("outcomes", query).map(JobClient::page);
    }

    /**
     * Cancels a job: no more tasks start, and running tasks are stopped. Completes when the cancellation has begun;
     * {@link #get} shows when it is over. Unlike idempotent requests it is sent once.
     *
     * @param id the id of the job
     * @return the status of the job; fails with 404 when there is no such job, 409 when it has ended
     */
    public Future<JobStatus> cancel(String id) {
        return request("cancel", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * Requeues the unsuccessful tasks of an ended job, including those set aside as poison. Completes when the requeue
     * is on disk and so survives a crash of the job's node. Unlike idempotent requests it is sent once.
     *
     * @param id the id of the job
     * @return the status of the job; fails with 404 when there is no such job, 409 when it has not ended
     */
    public Future<JobStatus> requeue(String id) {
        return request("requeue", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * Subscribes to the status of a job: a few times per second while it changes, and at its end. The bus may lose a
     * message, so also call {@link #get} at intervals.
     *
     * @param id the id of the job
     * @param listener called on the Vert.x context of the caller, or on an event loop
     * @return the subscription, once it is active; its {@code unregister} ends it
     */
    public Future<MessageConsumer<JsonObject>> events(String id, Consumer<JobStatus> listener) {
        MessageConsumer<JsonObject> consumer =
                vertx.eventBus().consumer(Addresses.jobEvents(id), message -> listener.accept(status(message.body())));
        return consumer.completion().map(consumer);
    }

    private Future<JsonObject> request(String operation, JsonObject query) {
        return send(operation, query, timeoutMillis).recover(failure -> Future.failedFuture(exception(failure)));
    }

    /**
     * Sends a request up to twice. The bus selects nodes in turn, so the second request goes to another node, if there
     * is one.
     */
    private Future<JsonObject> requestIdempotent(String operation, JsonObject query) {
        long half = timeoutMillis / 2;
        return send(operation, query, half)
                .recover(failure -> isTimeout(failure) ? send(operation, query, half) : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(exception(failure)));
    }

    private Future<JsonObject> send(String operation, JsonObject query, long millis) {
        return vertx.eventBus()
                .<JsonObject>request(
                        Addresses.jobs(operation), query, new DeliveryOptions().setSendTimeout(Math.max(1, millis)))
                .map(Message::body);
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
    }

    private JobServiceException exception(Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return new JobServiceException(
                    JobServiceException.UNAVAILABLE, "cannot send the request: " + failure.getMessage());
        }
        if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new JobServiceException(JobServiceException.UNAVAILABLE, "no node serves jobs on this bus");
        }
        return isTimeout(reply)
                ? new JobServiceException(JobServiceException.UNAVAILABLE, "no reply within " + timeoutMillis + " ms")
                : new JobServiceException(reply.failureCode(), String.valueOf(reply.getMessage()));
    }

    private static JobStatus status(JsonObject json) {
        return StrictJson.read(json.toBuffer().getBytes(), JobStatus.class);
    }

    private static OutcomePage page(JsonObject json) {
        JsonArray rows = json.getJsonArray("outcomes");
        return new OutcomePage(
                json.getString("id"),
                rows.stream().map(JsonObject.class::cast).toList(),
                json.getLong("next"),
                json.getBoolean("complete"));
    }
}
