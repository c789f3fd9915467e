package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Reads arbitrary bytes as the answer to a request: to a HEAD if the first byte is {@code H}, otherwise to a GET. The
 * second byte is the size of the pieces in which the rest arrives; what is read must not depend on it.
 */
class StrictHttpCodecFuzzTest {
    private static final int MAX_HEADER_BYTES = 1_000;

    /**
     * The heads, the body and the trailer of an answer.
     *
     * @param failed whether the codec found it malformed
     * @param inStep whether another request could be sent on the connection
     */
    private record Reading(List<String> heads, String body, String trailer, int ends, boolean failed, boolean inStep) {}

    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) {
        decode(input);
    }

    @FuzzTarget
    void decode(byte[] input) {
        if (input.length < 2) {
            return;
        }
        HttpMethod method = input[0] == 'H' ? HttpMethod.HEAD : HttpMethod.GET;
        byte[] answer = Arrays.copyOfRange(input, 2, input.length);
        Reading whole = new Exchange(method).read(answer, answer.length);
        Reading inPieces = new Exchange(method).read(answer, 1 + (input[1] & 15));
        assertEquals(whole, inPieces);
        assertTrue(whole.body.length() <= answer.length, "a body longer than the answer");
        assertTrue(method == HttpMethod.GET || whole.body.isEmpty(), "a body in the answer to a HEAD");
        assertTrue(whole.ends <= 1, "more than one answer to a request");
    }

    /** One request on a connection of its own. */
    private static final class Exchange {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final StrictHttpCodec codec;
        private final List<String> heads = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private final StringBuilder trailer = new StringBuilder();
        private int ends;
        private boolean interim;
        private boolean failed;

        private Exchange(HttpMethod method) {
            channel.pipeline().addLast("codec", new HttpClientCodec());
            codec = StrictHttpCodec.install(channel, MAX_HEADER_BYTES);
            channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/"));
            channel.releaseOutbound();
        }

        private Reading read(byte[] answer, int piece) {
            for (int at = 0; at < answer.length && channel.isOpen() && !failed; at += piece) {
                byte[] bytes = Arrays.copyOfRange(answer, at, Math.min(answer.length, at + piece));
                run(() -> channel.writeInbound(Unpooled.wrappedBuffer(bytes)));
            }
            boolean inStep = channel.isOpen() && !codec.hasSurplus();
            run(channel::finish);
            return new Reading(heads, body.toString(), trailer.toString(), ends, failed, inStep);
        }

        private void run(Runnable step) {
            DecoderException rejected = null;
            try {
                step.run();
            } catch (DecoderException e) {
                rejected = e;
            }
            for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
                if (read instanceof HttpObject object) {
                    take(object);
                } else {
                    // Raw bytes behind a switch of protocols that nobody asked for, which Netty follows.
                    failed = true;
                    ReferenceCountUtil.release(read);
                }
            }
            if (rejected != null) {
                fail(rejected);
            }
        }

        private void take(HttpObject read) {
            try {
                if (failed) {
                    return;
                }
                if (read.decoderResult().isFailure()) {
                    fail(read.decoderResult().cause());
                    return;
                }
                if (read instanceof HttpResponse head) {
                    interim = head.status().code() < 200;
                    heads.add(head.protocolVersion() + " " + head.status() + text(head.headers()));
                    // Nothing reads the reason, so control characters in it do no harm.
                    assertTrue(head.status().reasonPhrase().chars().noneMatch(c -> c == '\r' || c == '\n'));
                }
                if (read instanceof HttpContent content) {
                    body.append(content.content().toString(StandardCharsets.ISO_8859_1));
                }
                if (read instanceof LastHttpContent last) {
                    trailer.append(text(last.trailingHeaders()));
                    ends += interim ? 0 : 1;
                }
            } finally {
                ReferenceCountUtil.release(read);
            }
        }

        private void fail(Throwable cause) {
            failed = true;
            boolean known =
                    cause instanceof DecoderException && (cause.getCause() == null || isKnown(cause.getCause()));
            if (!known && !isKnown(cause)) {
                throw new AssertionError("another failure than a malformed answer", cause);
            }
        }

        private static boolean isKnown(Throwable cause) {
            return cause.getClass() == IllegalArgumentException.class
                    || cause instanceof NumberFormatException
                    || cause instanceof TooLongFrameException
                    || cause instanceof PrematureChannelClosureException
                    || cause.getClass() == DecoderException.class && cause.getCause() == null;
        }

        private static String text(HttpHeaders headers) {
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, String> field : headers) {
                assertHarmless(field.getKey());
                assertHarmless(field.getValue());
                assertTrue(!field.getKey().isEmpty() && field.getKey().indexOf(':') < 0, field::getKey);
                text.append('\n').append(field.getKey()).append(": ").append(field.getValue());
            }
            assertTrue(text.length() <= 2 * MAX_HEADER_BYTES, "a longer head than allowed");
            return text.toString();
        }

        private static void assertHarmless(String text) {
            assertTrue(text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0), text);
        }
    }
}
