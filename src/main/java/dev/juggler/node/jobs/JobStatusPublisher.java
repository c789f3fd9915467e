package dev.juggler.node.jobs;

import dev.juggler.bus.Addresses;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import dev.juggler.node.settings.BlockingCalls;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Tells everybody where a job stands: those who watch it by an event, the other nodes by what they share. */
record JobStatusPublisher(BlockingCalls background, SharedJobs shared) {

    /** Completes when the other nodes know; they hear of changes in the order of the calls. */
    Future<Void> tell(StoredJob job, JobStatus status) {
        JsonObject event = new JsonObject(Buffer.buffer(StrictJson.write(status)));
        background.vertx().eventBus().publish(Addresses.jobEvents(job.id()), event);
        return background.inOrder(() -> {
            shared.publish(job, status);
            return null;
        });
    }
}
