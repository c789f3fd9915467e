package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The wire format of HTTP/1 as Netty has it, but for what it reads too kindly: a field line of a head or trailer whose
 * name is not followed by a colon, and control characters before a head. White space behind the size of a chunk, which
 * Netty rejects, is let pass: nobody reads it in another way, and old servers pad with it. In a head a bare line feed
 * ends a line too, as old servers write it. It also knows of bytes that nobody asked for, which might be taken for the
 * next answer. Confined to the event loop of its connection, which carries one exchange at a time.
 */
final class StrictHttpCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private static final int NO_SIZE = -1;

    /** True when a request went out whose answer has not ended. */
    private boolean asked;

    /** True when the answer is to a HEAD, and so without a body whatever it says. */
    private boolean bodiless;

    /** True when there were bytes behind the answer that ended last. */
    private boolean surplus;

    private StrictHttpCodec(HttpDecoderConfig config) {
        init(new ResponseDecoder(config), new RequestEncoder());
    }

    /** Takes the place of the client's codec on a connection that nothing was sent on yet. */
    static StrictHttpCodec install(Channel channel, int maxHeaderBytes) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxHeaderSize(maxHeaderBytes)
                // Each piece is handed on by itself: so what is read at once comes in one, and not in pieces of 8 KiB.
                .setMaxChunkSize(Integer.MAX_VALUE)
                .setStrictLineParsing(false)
                .setHeadersFactory(FoldedHeaders.FACTORY)
                .setTrailersFactory(FoldedHeaders.FACTORY);
        StrictHttpCodec codec = new StrictHttpCodec(config);
        channel.pipeline().replace("codec", "codec", codec);
        return codec;
    }

    /** Returns whether the connection is out of step, so that no other request may be sent on it. */
    boolean hasSurplus() {
        return surplus;
    }

    private final class RequestEncoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest request) {
                asked = true;
                bodiless = request.method().equals(HttpMethod.HEAD);
            }
            super.encode(context, message, out);
        }
    }

    private final class ResponseDecoder extends HttpResponseDecoder {
        private ByteBuf input;

        /** True when the answer's first line is there. */
        private boolean begun;

        /** True when the answer will be followed by another one to the same request. */
        private boolean interim;

        /** True when nothing but the end of the connection ends the body. */
        private boolean openEnded;

        /** True when the connection ended without the server's saying so in TLS; anyone on the way can do that. */
        private boolean cutOff;

        /** How many bytes come before the size of the next chunk, or that there is none. */
        private long untilSize = NO_SIZE;

        private ResponseDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage answer) {
            return bodiless || super.isContentAlwaysEmpty(answer);
        }

        /** Goes at most from one size of a chunk to the next, and no further than a head or the end of an answer. */
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
            if (!asked) {
                buffer.skipBytes(buffer.readableBytes());
                var _ = context.close();
                return;
            }
            if (!begun) {
                refuseControls(buffer);
            } else if (untilSize == 0) {
                readSize(buffer);
            }
            input = buffer;
            int from = buffer.readerIndex();
            int before = out.size();
            super.decode(context, buffer, out);
            if (untilSize > 0) {
                untilSize -= buffer.readerIndex() - from;
            }
            if (out.size() > before) {
                follow(out.get(before), out.getLast());
            }
        }

        private void follow(Object first, Object last) {
            if (first instanceof HttpResponse head) {
                interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
                untilSize = HttpUtil.isTransferEncodingChunked(head) ? 0 : NO_SIZE;
                openEnded = untilSize == NO_SIZE && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
            }
            if (last instanceof LastHttpContent) {
                begun = false;
                openEnded = false;
                asked = interim;
                surplus = !interim && input.isReadable();
            }
        }

        /** A server that has said goodbye may wait for ours. Without one an open end is none: RFC 9112, 9.8. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslCloseCompletionEvent goodbye) {
                cutOff = !goodbye.isSuccess();
                if (goodbye.isSuccess()) {
                    var _ = context.close();
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void decodeLast(ChannelHandlerContext context, ByteBuf rest, List<Object> out) throws Exception {
            if (cutOff && openEnded) {
                context.fireExceptionCaught(new SSLException("the connection ended without TLS's closure alert"));
            } else {
                super.decodeLast(context, rest, out);
            }
        }

        /** Netty skips spaces and any control characters; spaces and line ends, of an answer before, are let pass. */
        private static void refuseControls(ByteBuf buffer) {
            int first = buffer.forEachByte(b -> b == HttpConstants.CR || b == HttpConstants.LF || b == ' ');
            if (first >= 0 && Character.isISOControl(buffer.getByte(first))) {
                throw new CorruptedFrameException("control characters before the answer");
            }
        }

        @Override
        protected HttpMessage createMessage(String[] firstLine) {
            begun = true;
            return super.createMessage(firstLine);
        }

        /**
         * Finds where the line of the next size begins, once all of this one is here. Netty rejects a malformed line.
         */
        private void readSize(ByteBuf buffer) {
            int begin = buffer.readerIndex();
            int end = buffer.indexOf(begin, buffer.writerIndex(), HttpConstants.LF);
            if (end < 0) {
                return;
            }
            refuseNonAscii(buffer, begin, end);
            int at = begin;
            long size = 0;
            for (; HexFormat.isHexDigit(buffer.getByte(at)); at++) {
                size = size << 4 | HexFormat.fromHexDigit(buffer.getByte(at));
            }
            int behind = skipBlanks(buffer, at);
            if (at > begin && behind > at && buffer.getByte(behind) == HttpConstants.CR) {
                shiftSize(buffer, begin, at, behind - at);
            }
            untilSize = size == 0 ? NO_SIZE : end + 1 - begin + size + 2;
        }

        /** Rejects the bytes that Netty, which takes them for negative numbers, fails on with an internal error. */
        private static void refuseNonAscii(ByteBuf buffer, int begin, int end) {
            for (int i = begin; i < end; i++) {
                if (buffer.getByte(i) < 0) {
                    throw new CorruptedFrameException("a byte that is not ASCII in the line of a chunk's size");
                }
            }
        }

        /** Replaces padding behind a size, which Netty rejects, with zeros before it. */
        private static void shiftSize(ByteBuf buffer, int begin, int end, int padding) {
            for (int i = end - 1; i >= begin; i--) {
                buffer.setByte(i + padding, buffer.getByte(i));
            }
            for (int i = begin; i < begin + padding; i++) {
                buffer.setByte(i, '0');
            }
        }

        @Override
        protected AsciiString splitHeaderName(byte[] line, int start, int length) {
            if (line[start + length] != ':' && !hasColonBehind(length)) {
                throw new IllegalArgumentException("a header line without a colon behind its name");
            }
            return super.splitHeaderName(line, start, length);
        }

        /** In the line that was read last; its name ended at white space, which may stand before the colon. */
        private boolean hasColonBehind(int name) {
            int end = input.readerIndex() - 1;
            int begin = input.indexOf(end, 0, HttpConstants.LF) + 1;
            return input.getByte(skipBlanks(input, begin + name)) == ':';
        }

        /** Up to the end of a line at most. */
        private static int skipBlanks(ByteBuf buffer, int from) {
            int at = from;
            while (buffer.getByte(at) == ' ' || buffer.getByte(at) == '\t') {
                at++;
            }
            return at;
        }
    }
}
