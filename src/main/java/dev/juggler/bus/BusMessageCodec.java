package dev.juggler.bus;

import dev.juggler.bus.BusMessage.BatchReplies;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Carries {@link BusMessage}s by reference inside one JVM, since they are immutable, and as bytes between JVMs. */
public final class BusMessageCodec implements MessageCodec<BusMessage, BusMessage> {
    private static final String NAME = "juggler";

    BusMessageCodec() {}

    /**
     * Registers the codec with a bus; a second call changes nothing. It does not set the codec selector, because a bus
     * has only one, which belongs to the application. So every message is sent with {@link #options}.
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

    /**
     * Encodes a message. A result that cannot be encoded becomes a failure, because a reply that is lost hangs the job.
     */
    private static byte[] bytes(BusMessage message) {
        try {
            return WireFormat.encode(message);
        } catch (IllegalArgumentException e) {
            if (message instanceof BatchReplies replies) {
                return WireFormat.encode(replies.withoutValues(String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    /**
     * Decodes a message. Never returns null, which would pass for a message without a body.
     *
     * @throws WireException if the bytes are not a message
     */
    @Override
    public BusMessage decodeFromWire(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        if (start > buffer.length()) {
            throw new WireException("the message has no length");
        }
        int length = buffer.getInt(position);
        if (length < 0 || length > buffer.length() - start) {
            throw new WireException("the message is shorter than its length field says");
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
