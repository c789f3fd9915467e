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
import dev.juggler.node.jobs.JobLookup;
import dev.juggler.node.jobs.JobPlan;
import dev.juggler.node.jobs.JobService;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.jobs.StoredJob;
import dev.juggler.node.remote.RemoteExecutionPlan;
import dev.juggler.node.remote.RemoteExecutions;
import dev.juggler.node.settings.BlockingCalls;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job service on the event bus: JSON in, JSON out. Whatever comes gets a reply, and nothing that comes stops it: 400
 * for what is malformed or not allowed, 404 for a job that is not there, 409 for what contradicts it, 503 for not now.
 */
final class JobServiceVerticle extends VerticleBase {
    /** Less than a client waits. */
    private static final DeliveryOptions PASSED_ON = new DeliveryOptions().setSendTimeout(5_000);

    /** For a question that can be answered without the owner. */
    private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(1_000);

    private static final Logger LOG = LoggerFactory.getLogger(JobServiceVerticle.class);

    private final NodeSettings settings;
    private final Permissions permissions;
    private final JobStore store;
    private final SharedJobs shared;
    private final Membership members;
    private JobService service;
    private RemoteExecutions helping;
    private JobLookup lookup;

    JobServiceVerticle(
            NodeSettings settings, Permissions permissions, JobStore store, SharedJobs shared, Membership members) {
        this.settings = settings;
        this.permissions = permissions;
        this.store = store;
        this.shared = shared;
        this.members = members;
    }

    /** Completes when requests are taken. */
    @Override
    public Future<?> start() {
        BusMessageCodec.register(vertx.eventBus());
        String node = members.self();
        service = new JobService(vertx, settings, permissions, store, shared, members);
        helping = new RemoteExecutions(vertx, node, settings.jobs().helping(), this::remotePlan);
        lookup = new JobLookup(service, shared, new BlockingCalls(vertx), node);
        return service.start()
                .compose(ready -> Future.all(List.of(
                        helping.start(),
                        serve(Addresses.jobs("submit"), this::submit),
                        serve(Addresses.jobs("get"), this::get),
                        serve(Addresses.jobs("list"), this::list),
                        serve(Addresses.jobs("outcomes"), json -> atOwner("outcomes", json, this::outcomes)),
                        serve(Addresses.jobs("cancel"), json -> atOwner("cancel", json, this::cancel)),
                        serve(Addresses.jobs("requeue"), json -> atOwner("requeue", json, this::requeue)),
                        serve(Addresses.jobs("get", node), this::own),
                        serve(Addresses.jobs("outcomes", node), this::outcomes),
                        serve(Addresses.jobs("requeue", node), this::requeue),
                        serve(Addresses.jobs("cancel", node), this::cancel))));
    }

    /** Another node's job, by this node's own settings. */
    private RemoteExecutionPlan remotePlan(HelpRequest call) {
        StoredJob stored = shared.of(call.owner(), call.epoch(), call.job())
                .orElseThrow(() -> RejectedRequestException.unavailable("that node does not have it any more"));
        Job job = JobPlan.job(stored, permissions, settings.jobs().concurrency());
        return new RemoteExecutionPlan(job, permissions.prepare(job.work()));
    }

    /** See {@link JobService#drain}; the jobs of others go on elsewhere too. Called from any thread. */
    Future<Void> drain() {
        return Future.future(done -> context.runOnContext(here -> {
            vertx.setTimer(Math.max(1, settings.drain().toMillis()), timer -> helping.cancel());
            Future.join(service.drain(), helping.drain()).<Void>mapEmpty().onComplete(done);
        }));
    }

    /** What is not done is gone on with at the next start. */
    @Override
    public Future<?> stop() {
        Future<Void> left = helping.drain();
        helping.cancel();
        return Future.join(service.stop(), left);
    }

    /** See {@link JobService#nodeLeft}. Called from any thread. */
    void nodeLeft(String gone) {
        context.runOnContext(here -> {
            helping.nodeLeft(gone);
            service.nodeLeft();
        });
    }

    private Future<Void> serve(String address, Function<byte[], Future<JsonObject>> answer) {
        return vertx.eventBus()
                .consumer(address, (Message<Object> message) -> reply(message, answer))
                .completion();
    }

    private void reply(Message<Object> message, Function<byte[], Future<JsonObject>> answer) {
        try {
            answer.apply(body(message.body())).onSuccess(message::reply).onFailure(failure -> refuse(message, failure));
        } catch (RuntimeException e) {
            refuse(message, e);
        }
    }

    private static void refuse(Message<Object> message, Throwable failure) {
        switch (failure) {
            case RejectedRequestException refusal -> message.fail(refusal.code(), refusal.getMessage());
            case IllegalArgumentException wrong ->
                message.fail(JobServiceException.BAD_REQUEST, String.valueOf(wrong.getMessage()));
            default -> {
                LOG.error("a request to {} failed", message.address(), failure);
                message.fail(JobServiceException.UNAVAILABLE, "the node failed at this: see its log");
            }
        }
    }

    /** The JSON of a message; text and bytes are taken too, for senders that have no JSON objects. */
    private byte[] body(Object body) {
        Buffer json = switch (body) {
            case JsonObject object -> object.toBuffer();
            case Buffer buffer -> buffer;
            case String text -> Buffer.buffer(text);
            case null, default -> throw RejectedRequestException.bad("expected a JSON object");
        };
        if (json.length() > settings.jobs().requestBytes()) {
            throw RejectedRequestException.bad("the request is " + json.length() + " bytes long; at most "
                    + settings.jobs().requestBytes() + " are taken: name a list, or what can be expanded");
        }
        return json.getBytes();
    }

    private Future<JsonObject> submit(byte[] json) {
        JobRequest request = StrictJson.read(json, JobRequest.class);
        List<Object> items = request.inputs().items();
        if (items != null && items.size() > settings.jobs().inlineInputs()) {
            throw RejectedRequestException.bad("there are " + items.size() + " inputs in the request; at most "
                    + settings.jobs().inlineInputs() + " are taken: name a list, or what can be expanded");
        }
        return service.submit(request).map(JobServiceVerticle::json);
    }

    /**
     * The owner knows best. What others are told comes late while the cluster heals, and then a job that was seen to
     * have ended would be seen to run; so they are asked only when the owner does not answer.
     */
    private Future<JsonObject> get(byte[] json) {
        return atOwner("get", json, SOON, this::own)
                .recover(any -> lookup.told(JobQuery.read(json).checkedId()).map(JobServiceVerticle::json));
    }

    private Future<JsonObject> own(byte[] json) {
        String id = JobQuery.read(json).checkedId();
        return Future.succeededFuture(json(service.find(id).orElseThrow(() -> RejectedRequestException.noJob(id))));
    }

    private Future<JsonObject> list(byte[] json) {
        int limit = JobQuery.read(json).checkedLimit();
        return lookup.all().map(all -> {
            JsonArray jobs = new JsonArray();
            all.stream().limit(limit).map(JobServiceVerticle::json).forEach(jobs::add);
            return new JsonObject().put("jobs", jobs).put("more", all.size() > limit);
        });
    }

    /** Answers what is asked of a job of this node, and passes on what is asked of another's. */
    private Future<JsonObject> atOwner(String operation, byte[] json, Function<byte[], Future<JsonObject>> answer) {
        return atOwner(operation, json, PASSED_ON, answer);
    }

    private Future<JsonObject> atOwner(
            String operation, byte[] json, DeliveryOptions patience, Function<byte[], Future<JsonObject>> answer) {
        String id = JobQuery.read(json).checkedId();
        return service.find(id).isPresent()
                ? answer.apply(json)
                : lookup.elsewhere(id).compose(owner -> passOn(operation, json, patience, owner));
    }

    private Future<JsonObject> passOn(String operation, byte[] json, DeliveryOptions patience, String owner) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.jobs(operation, owner), new JsonObject(Buffer.buffer(json)), patience)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                                ? RejectedRequestException.of(reply.failureCode(), reply.getMessage())
                                : RejectedRequestException.unavailable(
                                        "the node of this job does not answer: if it is gone, another takes"
                                                + " the job over within seconds; ask again")));
    }

    private Future<JsonObject> outcomes(byte[] json) {
        JobQuery query = JobQuery.read(json);
        String id = query.checkedId();
        // Before the page is read: what a job that had ended has written is all there.
        boolean ended = service.find(id).filter(JobStatus::hasEnded).isPresent();
        return service.outcomes(id, query.checkedPosition(), query.checkedLimit())
                .map(page -> page(id, page, ended && page.last()));
    }

    private static JsonObject page(String id, JournalPager.Page page, boolean complete) {
        List<Object> rows = new ArrayList<>();
        page.rows().forEach(row -> rows.add(new JsonObject(row)));
        return new JsonObject()
                .put("id", id)
                .put("outcomes", new JsonArray(rows))
                .put("next", page.next())
                .put("complete", complete);
    }

    private Future<JsonObject> cancel(byte[] json) {
        return service.cancel(JobQuery.read(json).checkedId()).map(JobServiceVerticle::json);
    }

    private Future<JsonObject> requeue(byte[] json) {
        return service.requeue(JobQuery.read(json).checkedId()).map(JobServiceVerticle::json);
    }

    private static JsonObject json(JobStatus status) {
        return new JsonObject(Buffer.buffer(StrictJson.write(status)));
    }
}
