package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes bodies from the HTTP/1 decoder before the Vert.x client would copy them to the heap. The client sees bodies
 * without bytes, and all other messages. Stays with its connection, and is confined to its event loop.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final ReadSizes sizes;

    /** Receives the bytes of the current body; null while none is taken. */
    private @Nullable Consumer<ByteBuf> to;

    /** True when that body is counted among those that share the read buffer limit. */
    private boolean sharing;

    private BodyTap(Channel channel, ReadSizes sizes) {
        this.channel = channel;
        this.sizes = sizes;
    }

    /**
     * Installs a tap on a connection.
     *
     * @param client the context of the client's own handler
     */
    static BodyTap before(ChannelHandlerContext client, ReadSizes sizes) {
        BodyTap tap = new BodyTap(client.channel(), sizes);
        client.pipeline().addBefore(client.name(), "tap", tap);
        return tap;
    }

    /**
     * Takes the body whose head is being handled, from the next message to its end.
     *
     * @param mayBeLong whether the body may be long; long bodies share the memory for buffered bytes
     * @param to receives the bytes, and releases them
     */
    void open(boolean mayBeLong, Consumer<ByteBuf> to) {
        this.to = to;
        if (mayBeLong) {
            sharing = true;
            sizes.bodyBegins();
        }
    }

    /** Returns the bytes of this body to gather at a time, so that all bodies together stay within the limit. */
    int share() {
        return sizes.share();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // The client reports violations of HTTP.
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

    /** Reads no more from the connection until {@link #resume}; bytes already read still arrive. */
    void pause() {
        setAutoRead(false);
    }

    void resume() {
        setAutoRead(true);
    }

    /** Has no effect after the end of the body, when the connection serves another exchange. */
    private void setAutoRead(boolean reads) {
        if (to != null) {
            channel.config().setAutoRead(reads);
        }
    }
}
