package dev.juggler.work.fetch.http;

import dev.juggler.work.Excerpt;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The head of a response, whichever transport it came over.
 *
 * @param status the HTTP status
 * @param headers gives the value of a header by its name in lower case, or null; of several the first, but the lengths
 *     of a body all together
 */
public record ResponseHead(int status, HeaderFields headers) {

    /** Header fields by name in lower case. */
    public interface HeaderFields extends UnaryOperator<String> {
        /** All values in order; empty when there are none. */
        default List<String> all(String name) {
            String only = apply(name);
            return only == null ? List.of() : List.of(only);
        }
    }

    /** The length of the body as the server says it, in bytes, or -1. */
    public long length() {
        return number(headers.apply("content-length"));
    }

    private static long number(String text) {
        if (text == null || text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = 10 * length + digit;
        }
        return length;
    }

    /**
     * What is wrong with how the body is said to be framed; null when nothing is. Transports differ in what they let
     * pass, and a body that is cut at the wrong place must not pass for a whole one.
     */
    public String framingError() {
        String coding = headers.apply("transfer-encoding");
        String length = headers.apply("content-length");
        if (coding != null && !coding.strip().equalsIgnoreCase("chunked")) {
            return "the body has the Transfer-Encoding '" + Excerpt.of(coding) + "', which nobody asked for";
        }
        if (coding != null && length != null) {
            return "the body has both a Content-Length and a Transfer-Encoding";
        }
        return length != null && number(length) < 0 ? "the Content-Length is '" + Excerpt.of(length) + "'" : null;
    }

    /** Returns whether the answer ends with its head, whatever that says of a length. */
    public boolean isBodiless() {
        return status == 204 || status == 304;
    }

    String location() {
        return headers.apply("location");
    }

    public boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Returns whether the body is what was asked for; 304 says that there is nothing new. */
    public boolean isSuccess() {
        return status >= 200 && status < 300 || status == 304;
    }
}
