package dev.juggler.work.fetch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Takes one body as it comes out of the decoder of HTTP/1, before the client of Vert.x would copy it to the heap. The
 * client sees a body without bytes, and all else that happens. Confined to the event loop.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final ReadSizes sizes;
    private final Consumer<ByteBuf> to;
    private boolean open = true;

    private BodyTap(Channel channel, ReadSizes sizes, Consumer<ByteBuf> to) {
        this.channel = channel;
        this.sizes = sizes;
        this.to = to;
    }

    /**
     * Begins with what comes next: to be called while the head of the answer is handled.
     *
     * @param client the context of the client's own handler
     * @param to gets the bytes, and releases them
     */
    static BodyTap before(ChannelHandlerContext client, ReadSizes sizes, Consumer<ByteBuf> to) {
        BodyTap tap = new BodyTap(client.channel(), sizes, to);
        client.pipeline().addBefore(client.name(), null, tap);
        sizes.bodyBegins();
        return tap;
    }

    /** How many bytes of this body are to be gathered, so that all bodies together have room. */
    int share() {
        return sizes.share();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // What breaks the rules of HTTP is the client's to tell.
        if (!(message instanceof HttpContent content) || content.decoderResult().isFailure()) {
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
            open = false;
            if (!context.isRemoved()) {
                context.pipeline().remove(this);
            }
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        sizes.bodyEnds();
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
        if (open) {
            channel.config().setAutoRead(reads);
        }
    }
}
