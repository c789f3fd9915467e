package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Netty's HTTP/1 codec with stricter parsing: it rejects a field line in a head or trailer whose name is not followed
 * by a colon, and control characters before a head. White space after a chunk size, which Netty rejects, is accepted:
 * it is unambiguous, and old servers pad with it. In a head a bare line feed also ends a line, as old servers send it,
 * and several equal lengths are one. The codec also detects surplus bytes, which might be taken for the next response.
 * Confined to the event loop of its connection, which carries one exchange at a time.
 */
final class StrictHttpCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private static final int NO_SIZE = -1;

    /** True when a request was sent whose response has not ended. */
    private boolean awaiting;

    /** True when the response is to a HEAD, and so has no body whatever its head declares. */
    private boolean bodiless;

    /** True when bytes followed the response that ended last. */
    private boolean surplus;

    private StrictHttpCodec(HttpDecoderConfig config) {
        init(new ResponseDecoder(config), new RequestEncoder());
    }

    /** Replaces the client's codec on a connection before its first request. */
    static StrictHttpCodec install(Channel channel, int maxHeaderBytes) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxHeaderSize(maxHeaderBytes)
                // Each piece is passed on separately: this passes the bytes of one read together, not in pieces of 8
                // KiB.
                .setMaxChunkSize(Integer.MAX_VALUE)
                .setAllowDuplicateContentLengths(true)
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
                awaiting = true;
                bodiless = request.method().equals(HttpMethod.HEAD);
            }
            super.encode(context, message, out);
        }
    }

    private final class ResponseDecoder extends HttpResponseDecoder {
        private ByteBuf input = Unpooled.EMPTY_BUFFER;

        /** True when the response's first line was read. */
        private boolean begun;

        /** True when another response to the same request will follow. */
        private boolean interim;

        /** True when only the end of the connection ends the body. */
        private boolean openEnded;

        /** True when the connection ended without a TLS closure alert; anyone on the network path can cause that. */
        private boolean cutOff;

        /** Bytes before the size of the next chunk, or {@link #NO_SIZE}. */
        private long untilSize = NO_SIZE;

        private ResponseDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage answer) {
            return bodiless || super.isContentAlwaysEmpty(answer);
        }

        /** Decodes at most from one chunk size to the next, and not beyond a head or the end of a response. */
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
            if (!awaiting) {
                buffer.skipBytes(buffer.readableBytes());
                var _ = context.close();
                return;
            }
            if (!begun) {
                rejectControls(buffer);
            } else if (untilSize == 0) {
                readSize(buffer);
            }
            input = buffer;
            int start = buffer.readerIndex();
            int before = out.size();
            super.decode(context, buffer, out);
            if (untilSize > 0) {
                untilSize -= buffer.readerIndex() - start;
            }
            if (out.size() > before) {
                follow(out.get(before), out.getLast());
                if (interim) {
                    // Vert.x knows 100 and 103 only, and takes another one for the response.
                    out.subList(before, out.size()).clear();
                }
            }
        }

        private void follow(Object first, Object last) {
            if (first instanceof HttpResponse head) {
                interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                        && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
                untilSize = HttpUtil.isTransferEncodingChunked(head) ? 0 : NO_SIZE;
                openEnded = untilSize == NO_SIZE && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
            }
            if (last instanceof LastHttpContent) {
                begun = false;
                openEnded = false;
                awaiting = interim;
                surplus = !interim && input.isReadable();
            }
        }

        /**
         * Closes after the server's closure alert, since it may wait for ours. Without one an open-ended body is
         * incomplete: RFC 9112, 9.8.
         */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslCloseCompletionEvent closure) {
                cutOff = !closure.isSuccess();
                if (closure.isSuccess()) {
                    var _ = context.close();
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void decodeLast(ChannelHandlerContext context, ByteBuf rest, List<Object> out) throws Exception {
            if (cutOff && openEnded) {
                context.fireExceptionCaught(new SSLException("the connection ended without a TLS closure alert"));
            } else {
                super.decodeLast(context, rest, out);
            }
        }

        /**
         * Rejects control characters, which Netty skips. Spaces and line ends, left by a previous response, are
         * accepted.
         */
        private static void rejectControls(ByteBuf buffer) {
            int first = buffer.forEachByte(b -> b == HttpConstants.CR || b == HttpConstants.LF || b == ' ');
            if (first >= 0 && Character.isISOControl(buffer.getByte(first))) {
                throw new CorruptedFrameException("control characters before the response");
            }
        }

        @Override
        protected HttpMessage createMessage(String[] firstLine) {
            begun = true;
            return super.createMessage(firstLine);
        }

        /** Computes the offset of the next chunk size once this line is complete. Netty rejects a malformed line. */
        private void readSize(ByteBuf buffer) {
            int begin = buffer.readerIndex();
            int end = buffer.indexOf(begin, buffer.writerIndex(), HttpConstants.LF);
            if (end < 0) {
                return;
            }
            rejectNonAscii(buffer, begin, end);
            int at = begin;
            long size = 0;
            for (; HexFormat.isHexDigit(buffer.getByte(at)); at++) {
                size = size << 4 | HexFormat.fromHexDigit(buffer.getByte(at));
            }
            int after = skipBlanks(buffer, at);
            if (at > begin && after > at && buffer.getByte(after) == HttpConstants.CR) {
                shiftSize(buffer, begin, at, after - at);
            }
            untilSize = size == 0 ? NO_SIZE : end + 1 - begin + size + 2;
        }

        /** Rejects bytes that Netty takes for negative numbers, and then fails with an internal error. */
        private static void rejectNonAscii(ByteBuf buffer, int begin, int end) {
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
            if (line[start + length] != ':' && !hasColonAfter(length)) {
                throw new IllegalArgumentException("a header line without a colon after its name");
            }
            return super.splitHeaderName(line, start, length);
        }

        /** Returns whether a colon follows in the line read last; white space may separate it from the name. */
        private boolean hasColonAfter(int name) {
            int end = input.readerIndex() - 1;
            int begin = input.indexOf(end, 0, HttpConstants.LF) + 1;
            return input.getByte(skipBlanks(input, begin + name)) == ':';
        }

        /** Skips blanks, at most to the end of a line. */
        private static int skipBlanks(ByteBuf buffer, int from) {
            int at = from;
            while (buffer.getByte(at) == ' ' || buffer.getByte(at) == '\t') {
                at++;
            }
            return at;
        }
    }
}
