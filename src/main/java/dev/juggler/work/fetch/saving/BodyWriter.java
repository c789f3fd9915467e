package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.ContentDecoder;
import dev.juggler.work.fetch.http.InvalidBodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one body: through its checks, and into a part file if it is saved. Used by one thread at a time; its methods
 * block.
 */
public final class BodyWriter {
    private final @Nullable PartFile part;
    private final @Nullable MessageDigest sha256;
    private final @Nullable Checksum checksum;
    private final @Nullable MessageDigest other;
    private final @Nullable ContentDecoder decoder;
    private boolean begun;
    private long size;

    /**
     * Creates a writer for a body that is not decompressed.
     *
     * @param part destination, with the beginning it already holds; null when the body is only checked
     * @param digest whether to compute its SHA-256
     * @param checksum the expected checksum, or null
     */
    public BodyWriter(@Nullable PartFile part, boolean digest, @Nullable Checksum checksum) {
        this(part, digest, checksum, null);
    }

    /**
     * Creates a writer that decompresses the body first, with a decoder that {@code decoding} creates for an output;
     * null for no decoding.
     */
    public BodyWriter(
            @Nullable PartFile part,
            boolean digest,
            @Nullable Checksum checksum,
            @Nullable Function<ContentDecoder.Output, ContentDecoder> decoding) {
        this.part = part;
        this.checksum = checksum;
        boolean sameDigest = checksum != null && checksum.algorithm().equals("SHA-256");
        this.sha256 = digest || sameDigest ? Checksum.sha256() : null;
        this.other = checksum == null || sameDigest ? null : checksum.newDigest();
        this.size = part == null ? 0 : part.length();
        this.decoder = decoding == null ? null : decoding.apply(this::take);
    }

    /** Returns the destination, or null. */
    @Nullable
    PartFile part() {
        return part;
    }

    /** Returns the bytes of the body, including those of an earlier attempt. */
    public long size() {
        return size;
    }

    public void write(BodyChunk chunk) throws IOException {
        begin();
        if (decoder == null) {
            take(chunk);
        } else {
            decoder.write(chunk);
        }
    }

    private void take(BodyChunk chunk) throws IOException {
        update(sha256, chunk);
        update(other, chunk);
        if (part != null) {
            for (ByteBuffer piece : chunk.pieces()) {
                part.append(piece);
            }
        }
        size += chunk.length();
    }

    /** Includes the bytes of an earlier attempt in the digests. */
    private void begin() throws IOException {
        if (!begun && part != null && size > 0) {
            for (MessageDigest digest : new MessageDigest[] {sha256, other}) {
                if (digest != null) {
                    part.digest(digest);
                }
            }
        }
        begun = true;
    }

    private static void update(@Nullable MessageDigest digest, BodyChunk chunk) {
        if (digest != null) {
            chunk.pieces().forEach(digest::update);
        }
    }

    /**
     * Ends the body and checks it.
     *
     * @return its SHA-256; null if it was not requested
     * @throws InvalidBodyException when the body is invalid or its checksum differs
     */
    public byte @Nullable [] finish() throws IOException {
        begin();
        if (decoder != null) {
            decoder.finish();
        }
        byte[] digest = sha256 == null ? null : sha256.digest();
        byte[] compared = other == null ? digest : other.digest();
        if (checksum != null && compared != null) {
            checksum.check(compared);
        }
        return digest;
    }

    /** Releases the decoder; no more of the body follows. */
    public void abort() {
        if (decoder != null) {
            decoder.abort();
        }
    }

    /** Returns a digest in lower-case hexadecimal; null for null. */
    public static @Nullable String hex(byte @Nullable [] digest) {
        return digest == null ? null : HexFormat.of().formatHex(digest);
    }
}
