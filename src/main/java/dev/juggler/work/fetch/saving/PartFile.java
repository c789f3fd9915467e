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
import java.util.Set;
import java.util.function.Supplier;

/**
 * The file a body is gathered in before it gets its name. It may hold the beginning of one already, from a try before;
 * its version then says of which. Used by one thread at a time; its methods block.
 */
public class PartFile {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<OpenOption> AGAIN = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private FileChannel channel;
    private boolean exists;
    private long length;
    private EntityVersion version = EntityVersion.UNKNOWN;

    /** Tells the version once somebody wants to know it: seldom, as most bodies come whole. Null when it is known. */
    private Supplier<EntityVersion> untold;

    /** One that is not there yet. */
    public PartFile(Path path) {
        this.path = path;
    }

    /** One that is open. */
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

    /** How many bytes of the body it holds. */
    public long length() {
        return length;
    }

    /** Of which version they are. */
    public EntityVersion version() {
        if (untold != null) {
            version = untold.get();
            untold = null;
        }
        return version;
    }

    /** Returns whether a later try can add to it. */
    public boolean isResumable() {
        return length > 0 && version().isKnown();
    }

    /** Drops what it holds; what is appended from now on is of this version, which is asked for when it matters. */
    public void begin(Supplier<EntityVersion> other) throws IOException {
        untold = other;
        if (length > 0) {
            open();
            channel.truncate(0);
            length = 0;
        }
    }

    /** Drops all but the beginning. */
    public void truncate(long shorter) throws IOException {
        if (shorter < length) {
            open();
            channel.truncate(shorter);
            length = shorter;
        }
    }

    void append(ByteBuffer bytes) throws IOException {
        open();
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
    }

    /**
     * Keeps only the beginning, and gets ready for pieces in any order; a process that dies meanwhile leaves nothing
     * useful.
     */
    public void beginSegments(long beginning) throws IOException {
        truncate(beginning);
        open();
    }

    /** Writes a piece to its place. May be called by several threads at once after {@link #beginSegments}. */
    public void writeAt(long place, ByteBuffer bytes) throws IOException {
        for (long at = place; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    /** Drops all behind the beginning that has no gap; what is appended from now on is of this version. */
    public void endSegments(long beginning, EntityVersion other) throws IOException {
        open();
        channel.truncate(beginning);
        length = beginning;
        version = other;
        untold = null;
    }

    private void open() throws IOException {
        // An interrupt closes a channel that is being used.
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, exists ? AGAIN : NEW);
            exists = true;
        }
    }

    /** Adds what it holds to a digest. */
    public void digest(MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel reading = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (reading.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
    }

    /** Makes it ready to be given its final name. */
    public void finish(boolean force) throws IOException {
        open();
        if (force) {
            channel.force(true);
        }
        letGo();
    }

    /** Lets go of it before it has its name: what closing tells is told in time. */
    void letGo() throws IOException {
        close();
    }

    /** Its bytes have their final name. */
    public void committed() throws IOException {
        close();
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Closes it and removes it, wherever it still is. */
    public void delete() throws IOException {
        close();
        if (exists) {
            Files.deleteIfExists(path);
        }
    }
}
