package dev.juggler.work.fetch.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Content codings, which compress a body: RFC 9110, 8.4.1. Each is decoded as a stream, in memory of a fixed size. */
public final class ContentCodings {
    /** Value of the Accept-Encoding header. */
    public static final String ACCEPTED = "gzip, deflate, br, zstd";

    /** Eight megabytes, the limit of RFC 9659. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final int MAX_CODINGS = 3;

    private ContentCodings() {}

    /**
     * Returns the codings of a body, in the order in which they were applied; empty when it is not encoded.
     *
     * @throws InvalidBodyException when one of them is not supported
     */
    public static List<String> of(ResponseHead head) throws InvalidBodyException {
        String value = String.join(",", head.headers().all("content-encoding"));
        List<String> codings = new ArrayList<>();
        for (String name : value.split(",")) {
            String coding = name.strip().toLowerCase(Locale.ROOT);
            switch (coding) {
                case "", "identity" -> {}
                case "gzip", "x-gzip", "deflate", "br", "zstd" -> codings.add(coding);
                default ->
                    throw new InvalidBodyException(TaskError.permanent(
                            "encoding",
                            "the body has the Content-Encoding '" + Excerpt.of(coding) + "', which is not supported"));
            }
        }
        if (codings.size() > MAX_CODINGS) {
            throw new InvalidBodyException(TaskError.permanent(
                    "encoding",
                    "the body is compressed " + codings.size() + " times; at most " + MAX_CODINGS + " are supported"));
        }
        return codings;
    }

    /** Returns a stream that decodes a body. */
    static InputStream decode(InputStream body, List<String> codings) throws IOException {
        InputStream decoded = body;
        for (String coding : codings.reversed()) {
            decoded = decode(decoded, coding);
        }
        return decoded;
    }

    private static InputStream decode(InputStream in, String coding) throws IOException {
        return switch (coding) {
            case "br" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
            case "deflate" -> inflate(in);
            default -> new GZIPInputStream(in, 1 << 13);
        };
    }

    /** Inflates with or without the zlib header, which some servers leave out although the standard requires it. */
    private static InputStream inflate(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] first = peeked.readNBytes(2);
        peeked.unread(first);
        boolean hasHeader =
                first.length == 2 && (first[0] & 0x0F) == 8 && ((first[0] & 0xFF) << 8 | (first[1] & 0xFF)) % 31 == 0;
        return new InflaterInputStream(peeked, new Inflater(!hasHeader), 1 << 13);
    }
}
