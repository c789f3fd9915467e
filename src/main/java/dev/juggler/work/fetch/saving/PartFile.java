package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.http.EntityVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file a body is written to before it gets its final name. It may already hold the beginning of a body, from an
 * earlier attempt, with its version. Used by one thread at a time; its methods block.
 */
public class PartFile {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<OpenOption> AGAIN = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private @Nullable FileChannel channel;
    private boolean exists;
    private long length;
    private EntityVersion version = EntityVersion.UNKNOWN;

    /**
     * Computes the version on demand: seldom, as most bodies arrive complete. Null when {@link #version} is current.
     */
    private @Nullable Supplier<EntityVersion> lazyVersion;

    /** Creates a part file that does not exist yet. */
    public PartFile(Path path) {
        this.path = path;
    }

    /** Wraps an open part file. */
    public PartFile(Path path, FileChannel channel, long length, EntityVersion version) {
        this.path = path;
        this.channel = channel;
        this.exists = true;
        this.length = length;
        this.version = version;
    }

    public Path path() {
        return path;
    }

    /** Returns the bytes of the body it holds. */
    public long length() {
        return length;
    }

    /** Returns the version of these bytes. */
    public EntityVersion version() {
        if (lazyVersion != null) {
            version = lazyVersion.get();
            lazyVersion = null;
        }
        return version;
    }

    /** Returns whether a later attempt can resume it. */
    public boolean isResumable() {
        return length > 0 && version().isKnown();
    }

    /** Drops all bytes; those appended from now on have this version, which is computed on demand. */
    public void begin(Supplier<EntityVersion> other) throws IOException {
        lazyVersion = other;
        truncate(0);
    }

    /** Drops the bytes from this offset on. */
    public void truncate(long shorter) throws IOException {
        if (shorter < length) {
            open().truncate(shorter);
            length = shorter;
        }
    }

    void append(ByteBuffer bytes) throws IOException {
        FileChannel open = open();
        while (bytes.hasRemaining()) {
            length += open.write(bytes, length);
        }
    }

    /**
     * Keeps only the beginning, and prepares for segments in any order; a process that dies meanwhile leaves nothing
     * that can be resumed.
     */
    public void beginSegments(long beginning) throws IOException {
        truncate(beginning);
        var _ = open();
    }

    /** Writes bytes at an offset. May be called by several threads at once after {@link #beginSegments}. */
    public void writeAt(long offset, ByteBuffer bytes) throws IOException {
        FileChannel open = Objects.requireNonNull(channel, "beginSegments() was not called");
        for (long at = offset; bytes.hasRemaining(); ) {
            at += open.write(bytes, at);
        }
    }

    /** Drops all bytes after the first gap; those appended from now on have this version. */
    public void endSegments(long beginning, EntityVersion other) throws IOException {
        open().truncate(beginning);
        length = beginning;
        version = other;
        lazyVersion = null;
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        // An interrupt closes a channel that is in use.
        if (open == null || !open.isOpen()) {
            open = FileChannel.open(path, exists ? AGAIN : NEW);
            channel = open;
            exists = true;
        }
        return open;
    }

    /** Adds its bytes to a digest. */
    public void digest(MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel reading = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (reading.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
    }

    /**
     * Prepares it to get its final name.
     *
     * @param force whether to force its bytes to disk
     */
    public void finish(boolean force) throws IOException {
        FileChannel open = open();
        if (force) {
            open.force(true);
        }
        closeBeforeRename();
    }

    /** Closes it before it gets its final name, so that errors of closing are detected in time. */
    void closeBeforeRename() throws IOException {
        close();
    }

    /** Called when its bytes have their final name. */
    public void committed() throws IOException {
        close();
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Closes it, and deletes it if it still exists. */
    public void delete() throws IOException {
        close();
        if (exists) {
            Files.deleteIfExists(path);
        }
    }
}
