package dev.juggler.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.cookie.LaxExpiresHandler;

/**
 * A Set-Cookie field in the parts of RFC 6265, 5.2. An attribute that is invalid by its rules is ignored and does not
 * cost the cookie, as it does in the library.
 */
record SetCookie(String nameAndValue, List<String> attributes) {
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]+");

    static SetCookie parse(String field) {
        String[] parts = field.split(";", -1);
        List<String> attributes = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            attributes.add(parts[i].strip());
        }
        return new SetCookie(parts[0].strip(), attributes);
    }

    /** Returns the value as the server wrote it, with its quotes. */
    String value() {
        return nameAndValue.substring(nameAndValue.indexOf('=') + 1).strip();
    }

    /** Returns the field for the library. */
    String withoutInvalidAttributes() {
        StringBuilder field = new StringBuilder(nameAndValue);
        attributes.stream()
                .filter(SetCookie::isValid)
                .forEach(attribute -> field.append("; ").append(attribute));
        return field.toString();
    }

    private static boolean isValid(String attribute) {
        int equals = attribute.indexOf('=');
        String name = (equals < 0 ? attribute : attribute.substring(0, equals)).strip();
        String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "expires" -> isDate(value);
            case "max-age" -> SECONDS.matcher(value).matches();
            case "path" -> value.startsWith("/");
            case "domain" -> !value.isEmpty();
            default -> true;
        };
    }

    private static boolean isDate(String value) {
        try {
            LaxExpiresHandler.INSTANCE.parse(new BasicClientCookie("any", ""), value);
            return true;
        } catch (MalformedCookieException e) {
            return false;
        }
    }
}
