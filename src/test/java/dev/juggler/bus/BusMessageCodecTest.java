package dev.juggler.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.bus.BusMessage.WorkerReady;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusMessageCodecTest {

    @Test
    void messagesPassByReferenceAndOthersAreUnaffected(Vertx vertx) throws Exception {
        EventBus bus = vertx.eventBus();
        BusMessageCodec.register(bus);
        BusMessageCodec.register(bus);
        bus.localConsumer(
                "echo",
                message -> message.reply(
                        message.body(),
                        message.body() instanceof BusMessage ? BusMessageCodec.options() : new DeliveryOptions()));
        WorkerReady sent = new WorkerReady("w", "a", 1);
        assertSame(sent, reply(bus, sent, BusMessageCodec.options()));
        assertEquals("text", reply(bus, "text", new DeliveryOptions()));
    }

    @Test
    void aMessageWithoutTheOptionsIsRejected(Vertx vertx) {
        BusMessageCodec.register(vertx.eventBus());
        WorkerReady message = new WorkerReady("w", "a", 1);
        assertThrows(IllegalArgumentException.class, () -> vertx.eventBus().send("echo", message));
    }

    @Test
    void messagesAreDecodedAtAnyPositionAndOtherBytesRejected() {
        BusMessageCodec codec = new BusMessageCodec();
        WorkerReady sent = new WorkerReady("w", "a", 1, "n");
        Buffer buffer = Buffer.buffer("head");
        codec.encodeToWire(buffer, sent);
        assertEquals(sent, codec.decodeFromWire(4, buffer));
        assertThrows(WireException.class, () -> codec.decodeFromWire(0, buffer));
        assertThrows(WireException.class, () -> codec.decodeFromWire(buffer.length() - 2, buffer));
        assertThrows(WireException.class, () -> codec.decodeFromWire(4, buffer.slice(0, buffer.length() - 1)));
    }

    private static Object reply(EventBus bus, Object body, DeliveryOptions options) throws Exception {
        return bus.request("echo", body, options)
                .map(Message::body)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
