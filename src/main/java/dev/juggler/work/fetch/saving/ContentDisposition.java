package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.url.PercentEncoding;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/**
 * Parses the file name that a server gives a body: RFC 6266. {@code filename*} of RFC 8187 takes precedence over
 * {@code filename}.
 */
public final class ContentDisposition {
    private ContentDisposition() {}

    /**
     * Returns the name in a Content-Disposition header as the server wrote it, which is not safe to use unchanged; null
     * when there is none.
     *
     * @param header the value as the transport delivers it, one char per byte; or null
     */
    public static @Nullable String fileName(@Nullable String header) {
        if (header == null) {
            return null;
        }
        // The type before the first semicolon, inline or attachment, makes no difference here.
        HeaderElement[] elements =
                BasicHeaderValueParser.INSTANCE.parseElements(header, new ParserCursor(0, header.length()));
        @Nullable String plain = null;
        for (HeaderElement element : elements) {
            NameValuePair extended = element.getParameterByName("filename*");
            String name = extended == null ? null : decode(extended.getValue());
            if (name != null) {
                return name;
            }
            NameValuePair given = element.getParameterByName("filename");
            plain = plain == null && given != null ? given.getValue() : plain;
        }
        return plain == null ? null : PercentEncoding.fromBytes(plain.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Decodes {@code UTF-8'en'percent-encoded}; null for anything else. */
    private static @Nullable String decode(@Nullable String value) {
        String[] parts = value == null ? new String[0] : value.split("'", 3);
        if (parts.length < 3) {
            return null;
        }
        try {
            return new String(PercentEncoding.decode(parts[2]), Charset.forName(parts[0]));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
