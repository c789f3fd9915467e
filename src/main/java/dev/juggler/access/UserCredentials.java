package dev.juggler.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user name and a password. */
public record UserCredentials(String user, String password) {

    /** Parses {@code USER:PASSWORD}, split at the first colon. Without one the password is empty. */
    public static UserCredentials parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new UserCredentials(text, "")
                : new UserCredentials(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Returns the value of an Authorization or Proxy-Authorization header: RFC 7617, in UTF-8. */
    public String basic() {
        byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain);
    }

    /** Hides the values, because the text may end up in a message. */
    @Override
    public String toString() {
        return "Login[…]";
    }
}
