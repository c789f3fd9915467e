package dev.juggler.bus;

import dev.juggler.bus.BusMessage.BatchReplies;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries {@link BusMessage}s: by reference inside one JVM, since they are immutable and nothing need be copied; as
 * bytes between JVMs.
 */
public final class BusMessageCodec implements MessageCodec<BusMessage, BusMessage> {
    private static final String NAME = "juggler";

    BusMessageCodec() {}

    /**
     * Registers the codec with a bus; a second call changes nothing. The bus's codec selector stays as it is: a bus has
     * one, which belongs to the application. So every message is sent with {@link #options}.
     */
    public static void register(EventBus bus) {
        try {
            bus.registerCodec(new BusMessageCodec());
        } catch (IllegalStateException alreadyThere) {
            return;
        }
    }

    /** Returns new delivery options that name this codec, which every send, publish or request of a message needs. */
    public static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(NAME);
    }

    @Override
    public BusMessage transform(BusMessage message) {
        return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, BusMessage message) {
        byte[] bytes = bytes(message);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    /** Whatever a function returned, an outcome has to arrive: an answer that fails here would be missed for ever. */
    private static byte[] bytes(BusMessage message) {
        try {
            return WireFormat.encode(message);
        } catch (IllegalArgumentException e) {
            if (message instanceof BatchReplies answers) {
                return WireFormat.encode(answers.withoutValues(e.getMessage()));
            }
            throw e;
        }
    }

    /**
     * @throws WireException when the bytes are no message; never null, which would pass for a message without a body
     */
    @Override
    public BusMessage decodeFromWire(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        if (start > buffer.length()) {
            throw new WireException("the message has no length");
        }
        int length = buffer.getInt(position);
        if (length < 0 || length > buffer.length() - start) {
            throw new WireException("the message is shorter than it says");
        }
        return WireFormat.decode(buffer.getBytes(start, start + length));
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
