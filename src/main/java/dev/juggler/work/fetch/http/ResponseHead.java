package dev.juggler.work.fetch.http;

import dev.juggler.work.Excerpt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response, over any transport.
 *
 * @param status the HTTP status
 * @param headers the header fields
 */
public record ResponseHead(int status, HeaderFields headers) {

    /** Header fields by name in lower case. */
    public interface HeaderFields {
        /** Returns the first value of a header, or null; but all Content-Length values joined. */
        @Nullable
        String get(String name);

        /** Returns all values in order; empty when there are none. */
        default List<String> all(String name) {
            String only = get(name);
            return only == null ? List.of() : List.of(only);
        }
    }

    /** Returns the length of the body in bytes as declared by the server, or -1. */
    public long length() {
        return number(headers.get("content-length"));
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        int first = 0;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        if (text.length() - first > 18) {
            return -1;
        }
        long length = 0;
        for (int i = first; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = 10 * length + digit;
        }
        return length;
    }

    /**
     * Returns the error in the declared framing of the body; null when it is valid. Transports differ in what they
     * accept, and a body cut at the wrong place must not pass as complete.
     */
    public @Nullable String framingError() {
        String coding = headers.get("transfer-encoding");
        String length = headers.get("content-length");
        if (coding != null && !coding.strip().equalsIgnoreCase("chunked")) {
            return "the body has the Transfer-Encoding '" + Excerpt.of(coding) + "', which was not requested";
        }
        if (coding != null && length != null) {
            return "the body has both a Content-Length and a Transfer-Encoding";
        }
        return length != null && number(length) < 0 ? "the Content-Length is '" + Excerpt.of(length) + "'" : null;
    }

    /** Returns whether the response ends with its head, even if that declares a length. */
    public boolean isBodiless() {
        return status == 204 || status == 304;
    }

    @Nullable
    String location() {
        return headers.get("location");
    }

    public boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Returns whether the body is the requested one; 304 means that it is unchanged. */
    public boolean isSuccess() {
        return status >= 200 && status < 300 || status == 304;
    }
}
