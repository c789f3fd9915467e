package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.BodyReceiver;
import dev.juggler.work.fetch.http.ContentCodings;
import dev.juggler.work.fetch.http.ContentDecoder;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.InvalidBodyException;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.saving.BodyWriter;
import dev.juggler.work.fetch.saving.ContentDisposition;
import dev.juggler.work.fetch.saving.FileOrigin;
import dev.juggler.work.fetch.saving.PartFile;
import dev.juggler.work.fetch.saving.SavedBody;
import dev.juggler.work.fetch.saving.UrlFileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the body that one attempt fetches: what an earlier try or run left of it, where it goes, how it gets
 * its name. Used by one thread at a time. {@link #look}, {@link #write}, {@link #commit} and {@link #letGo} block.
 */
final class BodyDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BodyDelivery.class);

    private final FetchPlan plan;
    private final String key;
    private final FetchInput line;
    private final long index;
    private String name;

    /** A file from before the run under the name, as far as it matters; null otherwise. */
    private FileOrigin old;

    private PartFile part;
    private boolean partIsOffered = true;
    private boolean begun;
    private boolean appends;
    private ResponseHead head;
    private List<String> codings = List.of();
    private BodyWriter saving;

    /** What the body is fetched in while it is; null otherwise. */
    private Segments segments;

    /** A batch is missing, so nothing may come behind it. */
    private boolean broken;

    BodyDelivery(FetchPlan plan, Task task, FetchInput line) {
        this.plan = plan;
        this.key = task.key();
        this.index = task.index();
        this.line = line;
        this.name = plan.folder() == null ? null : plan.names().name(line.target(), index);
    }

    /** Whether the bytes of a good body matter, and not only their number. */
    boolean takesBodies() {
        return plan.folder() != null || line.checksum() != null || !codings.isEmpty();
    }

    /** Whether {@link #look} reads the disk. */
    boolean looksOnDisk() {
        return plan.folder() != null
                && (plan.parts().outlastRun() || plan.care().existing() != ExistingFilePolicy.FETCH);
    }

    /** Looks for what is there; true when that is all that is wanted. */
    boolean look() throws IOException {
        if (plan.folder() == null) {
            return false;
        }
        if (plan.care().existing() != ExistingFilePolicy.FETCH) {
            BasicFileAttributes file = plan.folder().attributes(name);
            if (file != null && plan.folder().predatesRun(file)) {
                old = FileOrigin.read(
                        plan.folder().path(name), file, line.target().url());
                if (plan.care().existing() == ExistingFilePolicy.SKIP && isRight()) {
                    return true;
                }
            }
        }
        part = plan.parts().takePartial(key);
        return false;
    }

    private boolean isRight() throws IOException {
        if (line.checksum() == null) {
            return true;
        }
        MessageDigest digest = line.checksum().newDigest();
        new PartFile(plan.folder().path(name)).digest(digest);
        return line.checksum().hex().equals(BodyWriter.hex(digest.digest()));
    }

    /** The path of the old file that is as good as a new body. */
    String oldPath() {
        return old == null ? null : plan.folder().path(name).toString();
    }

    /** What has to be asked so that only what is missing, or new, comes. */
    List<Header> conditions() {
        if (hasOffer()) {
            return List.of(
                    new Header("range", "bytes=" + offset() + "-"),
                    new Header("if-range", part.version().ifRange()),
                    new Header("accept-encoding", "identity"));
        }
        return old != null && plan.care().existing() == ExistingFilePolicy.REFRESH ? old.conditions() : List.of();
    }

    private boolean hasOffer() {
        return partIsOffered && part != null && part.isResumable();
    }

    /** From where on the body is missing: at least its last byte, so that its version is checked in any case. */
    long offset() {
        long total = part.version().total();
        return total < 0 ? part.length() : Math.min(part.length(), total - 1);
    }

    /** Of which version the part is. */
    EntityVersion offered() {
        return part.version();
    }

    /** Whether the body comes as it is, not packed. */
    boolean isPlain() {
        return codings.isEmpty();
    }

    /** Whether this answer has the part that was asked for, of the same version. */
    boolean continues(ResponseHead answer) {
        ContentRange range = ContentRange.of(answer);
        return hasOffer()
                && codings.isEmpty()
                && range != null
                && range.first() == offset()
                && range.total() > 0
                && (part.version().total() < 0 || part.version().total() == range.total())
                && (answer.length() < 0 || answer.length() == range.length())
                && part.version().matches(answer);
    }

    /** Asks for all of it from now on; false when that has been asked. */
    boolean offerNothing() {
        boolean changed = hasOffer();
        partIsOffered = false;
        return changed;
    }

    /** Notes how the body of an answer is packed, where that is to be undone; the error when it cannot be. */
    TaskError unpack(ResponseHead answer) {
        try {
            codings = plan.maxRatio() > 0 ? ContentCodings.of(answer) : List.of();
            return null;
        } catch (InvalidBodyException unknown) {
            return unknown.error();
        }
    }

    /** The body of this answer begins, or goes on where the part ends. */
    void begin(ResponseHead answer, boolean goesOn) {
        begun = true;
        head = answer;
        String given = plan.folder() == null || !plan.namesByServer()
                ? null
                : ContentDisposition.fileName(answer.headers().apply("content-disposition"));
        if (given != null) {
            name = plan.names().name(line.target(), UrlFileNames.fromServer(given), index);
        }
        appends = goesOn;
    }

    /** Makes room for segments; those that go on where the part ends add to it. */
    void begin(Segments cut) throws IOException {
        part = part == null ? plan.parts().create(key) : part;
        segments = cut;
        part.beginSegments(cut.from());
    }

    /** Takes a piece of a segment. May be called by several threads at once. */
    void put(long place, BodyChunk batch) throws IOException {
        long at = place;
        for (ByteBuffer piece : batch.pieces()) {
            int length = piece.remaining();
            part.writeAt(at, piece);
            at += length;
        }
    }

    /** Drops what the segments brought: it may be of several versions. */
    void dropSegments() throws IOException {
        segments = null;
        part.endSegments(0, EntityVersion.UNKNOWN);
    }

    /** All segments are there: the part is the body. */
    SavedBody commitSegments() throws IOException {
        keepSegments();
        saving = new BodyWriter(part, plan.digest(), line.checksum());
        return commit(BodyChunk.EMPTY);
    }

    private void keepSegments() throws IOException {
        if (segments != null) {
            part.endSegments(segments.contiguous(), segments.version());
            segments = null;
        }
    }

    void write(BodyChunk batch) throws IOException {
        try {
            open().write(batch);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private BodyWriter open() throws IOException {
        if (saving == null) {
            if (plan.folder() != null) {
                part = part == null ? plan.parts().create(key) : part;
                if (appends) {
                    part.truncate(offset());
                } else {
                    part.begin(version());
                }
            }
            saving = codings.isEmpty()
                    ? new BodyWriter(part, plan.digest(), line.checksum())
                    : new BodyWriter(
                            part,
                            plan.digest(),
                            line.checksum(),
                            output -> new ContentDecoder(codings, plan.maxBytes(), plan.maxRatio(), output));
        }
        return saving;
    }

    /** Writes the last of the body, checks it and gives it its name. On failure nothing wrong is left. */
    SavedBody commit(BodyChunk last) throws IOException {
        try {
            open().write(last);
            byte[] sha256 = saving.finish();
            String path = part == null ? null : store(sha256);
            part = null;
            return new SavedBody(path, saving.size(), BodyWriter.hex(sha256));
        } catch (IOException e) {
            abandon(e);
            throw e;
        }
    }

    private String store(byte[] sha256) throws IOException {
        part.finish(plan.care().force());
        boolean refreshes = plan.care().existing() == ExistingFilePolicy.REFRESH;
        if (refreshes) {
            FileOrigin.write(part.path(), line.target().url(), head);
        }
        String path = refreshes && old != null && old.hasSameUrl()
                ? plan.folder().replace(part.path(), name, saving.size(), sha256)
                : plan.folder().commit(part.path(), name, saving.size(), sha256);
        part.committed();
        if (plan.care().force()) {
            plan.folder().force(Path.of(path));
        }
        return path;
    }

    /** What is there is wrong, or there is no room for more: of no use to a later try of this run. */
    private void abandon(Exception because) throws IOException {
        broken = true;
        if (part != null
                && (because instanceof InvalidBodyException || !plan.parts().outlastRun())) {
            PartFile useless = part;
            part = null;
            useless.delete();
        }
    }

    /** Whether there is something to let go of. */
    boolean holds(BodyReceiver intake) {
        return part != null || !codings.isEmpty() || (isKept() && intake != null && intake.holdsBytes());
    }

    private boolean isKept() {
        return begun
                && !broken
                && plan.folder() != null
                && plan.parts().resumes()
                && (appends || version().get().isKnown());
    }

    /** A place in what is unpacked is none that a server could go on from. */
    private Supplier<EntityVersion> version() {
        ResponseHead whole = head;
        return codings.isEmpty() ? () -> EntityVersion.of(whole) : () -> EntityVersion.UNKNOWN;
    }

    /** The body is not whole: keeps what came of it for a later try where that may go on with it, or removes it. */
    void letGo(BodyChunk rest) {
        if (saving != null) {
            saving.abort();
        }
        try {
            if (rest.length() > 0 && isKept()) {
                write(rest);
            }
        } catch (IOException e) {
            LOG.warn("the beginning of a body could not be kept: {}", Excerpt.of(e.toString()));
        }
        try {
            if (part != null) {
                keepSegments();
                plan.parts().release(key, part);
            }
        } catch (IOException e) {
            LOG.warn("the beginning of a body could not be put away: {}", Excerpt.of(e.toString()));
        }
        part = null;
    }
}
