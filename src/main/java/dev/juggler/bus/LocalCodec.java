package dev.juggler.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Carries {@link BusMessage}s inside one JVM, by reference: they are immutable, so nothing is copied. */
public final class LocalCodec implements MessageCodec<BusMessage, BusMessage> {
    private static final String NAME = "juggler";

    private LocalCodec() {}

    /** Makes this bus carry the messages of this package; a second call changes nothing. */
    public static void register(EventBus bus) {
        try {
            bus.registerCodec(new LocalCodec());
        } catch (IllegalStateException alreadyThere) {
            return;
        }
        bus.codecSelector(body -> body instanceof BusMessage ? NAME : null);
    }

    @Override
    public BusMessage transform(BusMessage message) {
        return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, BusMessage message) {
        throw new UnsupportedOperationException("the messages of a local job do not leave their JVM");
    }

    @Override
    public BusMessage decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("the messages of a local job do not come from another JVM");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
