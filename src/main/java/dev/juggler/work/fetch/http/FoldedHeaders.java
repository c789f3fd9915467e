package dev.juggler.work.fetch.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/**
 * Header fields of a response that accept folded lines. A value may begin on the line after its name (RFC 9112, 5.2);
 * the decoder then passes it with a leading space in place of the line break, which Netty's own headers reject.
 */
final class FoldedHeaders extends DefaultHttpHeaders {
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new FoldedHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new FoldedHeaders();
        }
    };

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        return super.add(name, value instanceof String text ? unfolded(text) : value);
    }

    private static String unfolded(String value) {
        int begin = 0;
        while (begin < value.length() && value.charAt(begin) == ' ') {
            begin++;
        }
        return value.substring(begin);
    }
}
