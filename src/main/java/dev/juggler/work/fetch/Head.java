package dev.juggler.work.fetch;

import java.util.function.UnaryOperator;

/**
 * The head of a response, whichever transport it came over.
 *
 * @param status the HTTP status
 * @param headers gives the first value of a header by its name in lower case, or null
 */
record Head(int status, UnaryOperator<String> headers) {

    /** The length of the body as the server says it, in bytes, or -1. */
    long length() {
        String text = headers.apply("content-length");
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

    String location() {
        return headers.apply("location");
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Whether the body is what was asked for; 304 says that there is nothing new. */
    boolean isGood() {
        return status >= 200 && status < 300 || status == 304;
    }
}
