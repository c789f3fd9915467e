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
 * Submits jobs over an event bus and follows them: the same for a service in this JVM and for one anywhere in the
 * cluster that this Vert.x has joined.
 *
 * <p>Calls return at once and may be made from any thread. Their futures complete on the caller's Vert.x context, or on
 * an event loop when there is none; they fail with a {@link JobServiceException}. No argument may be null.
 */
public final class JobClient {
    private final Vertx vertx;
    private final long patienceMillis;

    private JobClient(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patienceMillis = patience.toMillis();
    }

    /** A client that waits ten seconds for a reply. The Vert.x stays the caller's to close. */
    public static JobClient on(Vertx vertx) {
        return on(vertx, Duration.ofSeconds(10));
    }

    /**
     * A client on this bus.
     *
     * @param patience how long a reply is waited for, at least two milliseconds; then the future fails with 503, and
     *     whether the request was heard is not known: submit again under the same key. What may be said twice, which is
     *     all but cancel and requeue, is asked of the next node when half of it is over, since one that hangs is still
     *     a member for some seconds
     */
    public static JobClient on(Vertx vertx, Duration patience) {
        return new JobClient(vertx, patience);
    }

    /**
     * Submits a job. Completes when it is on the disk of a node, and so outlives the death of that node; a second
     * submit under the same key gives the same job, however far it has come.
     *
     * @return fails with 400 when the request is wrong or not allowed, 409 when its key is another job's, 503 when no
     *     node takes it now
     */
    public Future<JobStatus> submit(JobRequest request) {
        return askTwice("submit", new JsonObject(Buffer.buffer(StrictJson.write(request))))
                .map(JobClient::status);
    }

    /** Where a job stands. Fails with 404 when there is none of this id. */
    public Future<JobStatus> get(String id) {
        return askTwice("get", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * The jobs of all nodes, those submitted last first.
     *
     * @param limit from 1 to 1000
     */
    public Future<List<JobStatus>> list(int limit) {
        return askTwice("list", new JsonObject().put("limit", limit))
                .map(reply -> reply.getJsonArray("jobs").stream()
                        .map(each -> status((JsonObject) each))
                        .toList());
    }

    /**
     * A page of a job's outcomes.
     *
     * @param position 0 for the first page, then {@link OutcomePage#next} of the page before
     * @param limit how many rows at most, from 1 to 1000; there may be fewer when they are long
     * @return fails with 404 when there is no such job, 400 when there is no such position
     */
    public Future<OutcomePage> outcomes(String id, long position, int limit) {
        JsonObject query =
                new JsonObject().put("id", id).put("position", position).put("limit", limit);
        return askTwice("outcomes", query).map(JobClient::page);
    }

    /**
     * Cancels a job: what has not begun is not begun, what is running is ended. Completes when that has been set going;
     * {@link #get} says when it is over. Fails with 404 when there is no such job, 409 when it has ended.
     */
    public Future<JobStatus> cancel(String id) {
        return ask("cancel", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * Has a job that has ended tried again: its tasks that did not succeed, however they ended, poison among them. Completes when that would
     * outlive the death of its node. Fails with 404 when there is no such job, 409 when it has not ended.
     */
    public Future<JobStatus> requeue(String id) {
        return ask("requeue", new JsonObject().put("id", id)).map(JobClient::status);
    }

    /**
     * Hears of a job's progress a few times a second while it changes, and of its end. The bus may lose a message, so
     * ask {@link #get} now and then too.
     *
     * @param listener called on the Vert.x context of the caller, or an event loop
     * @return completes when it listens; its {@code unregister} ends that
     */
    public Future<MessageConsumer<JsonObject>> events(String id, Consumer<JobStatus> listener) {
        MessageConsumer<JsonObject> consumer =
                vertx.eventBus().consumer(Addresses.jobEvents(id), message -> listener.accept(status(message.body())));
        return consumer.completion().map(consumer);
    }

    private Future<JsonObject> ask(String operation, JsonObject query) {
        return send(operation, query, patienceMillis).recover(failure -> Future.failedFuture(refusal(failure)));
    }

    /** The bus chooses the nodes in turn, so the second time it is another, where there is one. */
    private Future<JsonObject> askTwice(String operation, JsonObject query) {
        long half = patienceMillis / 2;
        return send(operation, query, half)
                .recover(failure -> isSilence(failure) ? send(operation, query, half) : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(refusal(failure)));
    }

    private Future<JsonObject> send(String operation, JsonObject query, long millis) {
        return vertx.eventBus()
                .<JsonObject>request(
                        Addresses.jobs(operation), query, new DeliveryOptions().setSendTimeout(Math.max(1, millis)))
                .map(Message::body);
    }

    private static boolean isSilence(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
    }

    private JobServiceException refusal(Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return new JobServiceException(JobServiceException.UNAVAILABLE, "not sent: " + failure.getMessage());
        }
        if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new JobServiceException(JobServiceException.UNAVAILABLE, "no node serves jobs on this bus");
        }
        return isSilence(reply)
                ? new JobServiceException(JobServiceException.UNAVAILABLE, "no reply within " + patienceMillis + " ms")
                : new JobServiceException(reply.failureCode(), reply.getMessage());
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
