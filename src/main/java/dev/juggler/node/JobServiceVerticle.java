package dev.juggler.node;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Membership;
import dev.juggler.job.Job;
import dev.juggler.journal.JournalPager;
import dev.juggler.node.jobs.JobPlan;
import dev.juggler.node.jobs.JobService;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.jobs.StoredJob;
import dev.juggler.node.remote.RemoteExecutionPlan;
import dev.juggler.node.remote.RemoteExecutions;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job service on the event bus: JSON in, JSON out. Every message gets a reply, and none stops the service. A
 * request that fails gets a code: 400 for a malformed or forbidden request, 404 for an unknown job, 409 for a conflict,
 * 503 for temporary failures.
 */
final class JobServiceVerticle extends VerticleBase {
    /** For requests forwarded to the owner; shorter than the timeout of clients. */
    private static final DeliveryOptions OWNER_TIMEOUT = new DeliveryOptions().setSendTimeout(5_000);

    /** For requests that can be answered without the owner. */
    private static final DeliveryOptions SHORT_TIMEOUT = new DeliveryOptions().setSendTimeout(1_000);

    private static final Logger LOG = LoggerFactory.getLogger(JobServiceVerticle.class);

    private final NodeSettings settings;
    private final Permissions permissions;
    private final JobStore store;
    private final SharedJobs shared;
    private final Membership members;
    private @Nullable JobService service;
    private @Nullable RemoteExecutions remote;

    JobServiceVerticle(Permissions permissions, JobStore store, SharedJobs shared, Membership members) {
        this.settings = permissions.settings();
        this.permissions = permissions;
        this.store = store;
        this.shared = shared;
        this.members = members;
    }

    /** Completes when requests are accepted. */
    @Override
    public Future<?> start() {
        BusMessageCodec.register(vertx.eventBus());
        String node = members.self();
        JobService ownJobs = new JobService(vertx, permissions, store, shared, members);
        RemoteExecutions otherJobs =
                new RemoteExecutions(vertx, node, settings.jobs().helping(), this::planRemote);
        service = ownJobs;
        remote = otherJobs;
        return ownJobs.start()
                .compose(ready -> Future.all(List.of(
                        otherJobs.start(),
                        serve(Addresses.jobs("submit"), this::submit),
                        serve(Addresses.jobs("get"), this::get),
                        serve(Addresses.jobs("list"), this::list),
                        serve(Addresses.jobs("outcomes"), json -> atOwner("outcomes", json, this::outcomes)),
                        serve(Addresses.jobs("cancel"), json -> atOwner("cancel", json, this::cancel)),
                        serve(Addresses.jobs("requeue"), json -> atOwner("requeue", json, this::requeue)),
                        serve(Addresses.jobs("get", node), this::getOwn),
                        serve(Addresses.jobs("outcomes", node), this::outcomes),
                        serve(Addresses.jobs("requeue", node), this::requeue),
                        serve(Addresses.jobs("cancel", node), this::cancel))));
    }

    private JobService service() {
        return Objects.requireNonNull(service, "the job service has not started");
    }

    private RemoteExecutions remote() {
        return Objects.requireNonNull(remote, "the job service has not started");
    }

    /** Plans a job of another node by this node's own settings. */
    private RemoteExecutionPlan planRemote(HelpRequest call) {
        StoredJob stored = shared.findOwned(call.owner(), call.epoch(), call.job())
                .orElseThrow(() -> RejectedRequestException.unavailable("its owner no longer has it"));
        Job job = JobPlan.job(stored, permissions);
        return new RemoteExecutionPlan(job, permissions.prepare(job.work()));
    }

    /** Drains the jobs of this node, like {@link JobService#drain}, and its tasks of other nodes' jobs. Thread-safe. */
    Future<Void> drain() {
        return Future.future(done -> context.runOnContext(here -> {
            vertx.setTimer(Math.max(1, settings.drain().toMillis()), timer -> remote().cancel());
            Future.join(service().drain(), remote().drain()).<Void>mapEmpty().onComplete(done);
        }));
    }

    /** Stops at once; the next start resumes unfinished jobs. */
    @Override
    public Future<?> stop() {
        Future<Void> left = remote().drain();
        remote().cancel();
        return Future.join(service().stop(), left);
    }

    /** Reacts to another node leaving the cluster. Thread-safe. */
    void nodeLeft(String node) {
        context.runOnContext(here -> {
            remote().nodeLeft(node);
            service().nodeLeft();
        });
    }

    private Future<Void> serve(String address, Function<byte[], Future<JsonObject>> handler) {
        return vertx.eventBus()
                .consumer(address, (Message<Object> message) -> reply(message, handler))
                .completion();
    }

    private void reply(Message<Object> message, Function<byte[], Future<JsonObject>> handler) {
        try {
            handler.apply(body(message.body()))
                    .onSuccess(message::reply)
                    .onFailure(failure -> reject(message, failure));
        } catch (RuntimeException e) {
            reject(message, e);
        }
    }

    private static void reject(Message<Object> message, Throwable failure) {
        switch (failure) {
            case RejectedRequestException rejection ->
                message.fail(rejection.code(), String.valueOf(rejection.getMessage()));
            case IllegalArgumentException malformed ->
                message.fail(JobServiceException.BAD_REQUEST, String.valueOf(malformed.getMessage()));
            default -> {
                LOG.error("a request to {} failed", message.address(), failure);
                message.fail(JobServiceException.UNAVAILABLE, "internal error of the node; see its log");
            }
        }
    }

    /** Returns the JSON of a message, which may also be text or bytes, for senders without JSON objects. */
    private byte[] body(@Nullable Object body) {
        Buffer json = switch (body) {
            case JsonObject object -> object.toBuffer();
            case Buffer buffer -> buffer;
            case String text -> Buffer.buffer(text);
            case null, default -> throw RejectedRequestException.bad("expected a JSON object");
        };
        if (json.length() > settings.jobs().requestBytes()) {
            throw RejectedRequestException.bad("the request has " + json.length() + " bytes; at most "
                    + settings.jobs().requestBytes() + " are accepted; use 'list' or 'expand' for its inputs");
        }
        return json.getBytes();
    }

    private Future<JsonObject> submit(byte[] json) {
        JobRequest request = StrictJson.read(json, JobRequest.class);
        List<Object> items = request.inputs().items();
        if (items != null && items.size() > settings.jobs().inlineInputs()) {
            throw RejectedRequestException.bad("the request has " + items.size() + " inputs in 'items'; at most "
                    + settings.jobs().inlineInputs() + " are accepted; use 'list' or 'expand'");
        }
        return service().submit(request).map(JobServiceVerticle::json);
    }

    /**
     * Asks the owner first: published statuses are late while the cluster heals, and could show an ended job as
     * running. They count only when the owner does not reply.
     */
    private Future<JsonObject> get(byte[] json) {
        return atOwner("get", json, SHORT_TIMEOUT, this::getOwn)
                .recover(any -> service()
                        .lastPublished(JobQuery.read(json).requiredId())
                        .map(JobServiceVerticle::json));
    }

    private Future<JsonObject> getOwn(byte[] json) {
        String id = JobQuery.read(json).requiredId();
        return Future.succeededFuture(json(service().find(id).orElseThrow(() -> RejectedRequestException.noJob(id))));
    }

    private Future<JsonObject> list(byte[] json) {
        int limit = JobQuery.read(json).checkedLimit();
        return service().list().map(all -> {
            JsonArray jobs = new JsonArray();
            all.stream().limit(limit).map(JobServiceVerticle::json).forEach(jobs::add);
            return new JsonObject().put("jobs", jobs).put("more", all.size() > limit);
        });
    }

    /** Handles a request about a job of this node, and forwards one about another node's job. */
    private Future<JsonObject> atOwner(String operation, byte[] json, Function<byte[], Future<JsonObject>> handler) {
        return atOwner(operation, json, OWNER_TIMEOUT, handler);
    }

    private Future<JsonObject> atOwner(
            String operation, byte[] json, DeliveryOptions timeout, Function<byte[], Future<JsonObject>> handler) {
        String id = JobQuery.read(json).requiredId();
        return service().find(id).isPresent()
                ? handler.apply(json)
                : service().ownerElsewhere(id).compose(owner -> forward(operation, json, timeout, owner));
    }

    private Future<JsonObject> forward(String operation, byte[] json, DeliveryOptions timeout, String owner) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.jobs(operation, owner), new JsonObject(Buffer.buffer(json)), timeout)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                                ? RejectedRequestException.of(reply.failureCode(), String.valueOf(reply.getMessage()))
                                : RejectedRequestException.unavailable(
                                        "the node that owns this job does not reply; if it is dead, another"
                                                + " node takes the job over within seconds; retry")));
    }

    private Future<JsonObject> outcomes(byte[] json) {
        JobQuery query = JobQuery.read(json);
        String id = query.requiredId();
        // Before the page is read: a job that has ended has written all its rows.
        boolean ended = service().find(id).filter(JobStatus::hasEnded).isPresent();
        return service()
                .outcomes(id, query.positionOrStart(), query.checkedLimit())
                .map(page -> json(id, page, ended && page.last()));
    }

    private static JsonObject json(String id, JournalPager.Page page, boolean complete) {
        List<Object> rows = new ArrayList<>();
        page.rows().forEach(row -> rows.add(new JsonObject(row)));
        return new JsonObject()
                .put("id", id)
                .put("outcomes", new JsonArray(rows))
                .put("next", page.next())
                .put("complete", complete);
    }

    private Future<JsonObject> cancel(byte[] json) {
        return service().cancel(JobQuery.read(json).requiredId()).map(JobServiceVerticle::json);
    }

    private Future<JsonObject> requeue(byte[] json) {
        return service().requeue(JobQuery.read(json).requiredId()).map(JobServiceVerticle::json);
    }

    private static JsonObject json(JobStatus status) {
        return new JsonObject(Buffer.buffer(StrictJson.write(status)));
    }
}
