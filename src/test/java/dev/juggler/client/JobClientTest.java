package dev.juggler.client;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client of services that reply, hang, or do not exist. */
class JobClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger unanswered = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    /** Deploys a service that hangs, like a stopped process. */
    private void hang(String operation) throws Exception {
        await(vertx.eventBus()
                .consumer(Addresses.jobs(operation), message -> unanswered.incrementAndGet())
                .completion());
    }

    private void answer(String operation, JsonObject reply) throws Exception {
        await(vertx.eventBus()
                .consumer(Addresses.jobs(operation), message -> message.reply(reply))
                .completion());
    }

    private JobClient client(Duration time) {
        return JobClient.on(vertx, time);
    }

    @Test
    void asksTheNextNodeWhenOneHangs() throws Exception {
        hang("list");
        answer("list", new JsonObject().put("jobs", new JsonArray()));
        JobClient client = client(Duration.ofSeconds(2));
        assertEquals(List.of(), await(client.list(10)));
        assertEquals(List.of(), await(client.list(10)));
        assertTrue(unanswered.get() > 0, "the bus selects them in turn, so one of the two requests went to it");
    }

    @Test
    void reportsTheTimeoutWhenAllNodesHang() throws Exception {
        hang("list");
        assertEquals(
                "503 no reply within 100 ms",
                refusal(client(Duration.ofMillis(100)).list(10)));
        assertEquals(2, unanswered.get());
    }

    @Test
    void sendsRequestsThatAreNotIdempotentOnce() throws Exception {
        hang("requeue");
        hang("cancel");
        assertEquals(
                "503 no reply within 50 ms",
                refusal(client(Duration.ofMillis(50)).requeue("a")));
        assertEquals(
                "503 no reply within 50 ms",
                refusal(client(Duration.ofMillis(50)).cancel("a")));
        assertEquals(2, unanswered.get());
    }

    @Test
    void reportsThatThereIsNoNode() {
        assertEquals(
                "503 no node serves jobs on this bus",
                refusal(client(Duration.ofSeconds(9)).get("a")));
    }

    private static String refusal(Future<?> answer) {
        JobServiceException refusal = (JobServiceException)
                assertThrows(ExecutionException.class, () -> await(answer)).getCause();
        return refusal.code() + " " + refusal.getMessage();
    }
}
