package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Takes bodies as they come out of the decoder of HTTP/1, before the client of Vert.x would copy them to the heap. The
 * client sees bodies without bytes, and all else that happens. Stays with its connection, and is confined to its event
 * loop.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final ReadSizes sizes;

    /** Where the bytes of the body go that is coming; null while none is taken. */
    private Consumer<ByteBuf> to;

    /** True when that body is counted among those that share the memory. */
    private boolean sharing;

    private BodyTap(Channel channel, ReadSizes sizes) {
        this.channel = channel;
        this.sizes = sizes;
    }

    /**
     * Takes its place on a connection.
     *
     * @param client the context of the client's own handler
     */
    static BodyTap before(ChannelHandlerContext client, ReadSizes sizes) {
        BodyTap tap = new BodyTap(client.channel(), sizes);
        client.pipeline().addBefore(client.name(), "tap", tap);
        return tap;
    }

    /**
     * Takes the body whose head is being handled, beginning with what comes next, up to its end.
     *
     * @param longOne whether it may be long, so that long bodies must share the memory for what is read at a time
     * @param to gets the bytes, and releases them
     */
    void open(boolean longOne, Consumer<ByteBuf> to) {
        this.to = to;
        if (longOne) {
            sharing = true;
            sizes.bodyBegins();
        }
    }

    /** How many bytes of this body are to be gathered, so that all bodies together have room. */
    int share() {
        return sizes.share();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // What breaks the rules of HTTP is the client's to tell.
        if (to == null
                || !(message instanceof HttpContent content)
                || content.decoderResult().isFailure()) {
            context.fireChannelRead(message);
            return;
        }
        if (content.content().isReadable()) {
            to.accept(content.content());
        } else {
            ReferenceCountUtil.release(content);
        }
        if (content instanceof LastHttpContent) {
            resume();
            close();
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        close();
    }

    private void close() {
        to = null;
        if (sharing) {
            sharing = false;
            sizes.bodyEnds();
        }
    }

    /** Takes no more from the connection until {@link #resume}; what was taken already still comes. */
    void pause() {
        setAutoRead(false);
    }

    void resume() {
        setAutoRead(true);
    }

    /** When the body has ended the connection is somebody else's. */
    private void setAutoRead(boolean reads) {
        if (to != null) {
            channel.config().setAutoRead(reads);
        }
    }
}
