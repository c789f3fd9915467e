package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.FetchPlan.SavingPlan;
import dev.juggler.work.fetch.http.BodyChunk;
import dev.juggler.work.fetch.http.ContentCodings;
import dev.juggler.work.fetch.http.ContentDecoder;
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
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body that one fetch brings, checks it and gives it its name; keeps what a later attempt can resume. Used
 * by one thread at a time. The methods that throw {@code IOException} block on files, and so does {@link #release}.
 */
final class BodyDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BodyDelivery.class);

    private final FetchPlan plan;
    private final SavingPlan saving;
    private final String key;
    private final FetchInput input;
    private final long index;
    private final PriorDownload prior;

    /** The name of the file; null without a folder. */
    private String name;

    /** How the body is encoded, in the order of the server; empty when it is taken as it comes. */
    private List<String> codings = List.of();

    /** The head of the response whose body is written, once it has begun. */
    private ResponseHead head;

    /** Whether that body continues the part of an earlier attempt. */
    private boolean resumes;

    private PartFile part;
    private BodyWriter writer;

    /** The ranges the body comes in while it does; null otherwise. */
    private Segments segments;

    /** Whether ranges did not work out for this body. */
    private boolean unsplittable;

    /** Whether a chunk is missing or the bytes are wrong, so that nothing may be appended. */
    private boolean broken;

    BodyDelivery(FetchPlan plan, Task task, FetchInput input) {
        this.plan = plan;
        this.saving = plan.saving();
        this.key = task.key();
        this.index = task.index();
        this.input = input;
        this.name = saving.savesFiles() ? saving.names().name(input.target(), index) : null;
        this.prior = new PriorDownload(saving, key, input, name);
    }

    PriorDownload prior() {
        return prior;
    }

    /** Whether the bytes of a good body matter, and not only their number. */
    boolean needsBytes() {
        return saving.savesFiles() || input.checksum() != null || !codings.isEmpty();
    }

    /** Whether the body comes as it is, and may be resumed. */
    boolean isPlain() {
        return codings.isEmpty();
    }

    /** Whether the body may come in ranges. */
    boolean maySplit() {
        return saving.savesFiles() && isPlain() && !unsplittable;
    }

    /** Notes how a body is encoded, where it is to be decoded; the error when it cannot be, else null. */
    TaskError decode(ResponseHead response) {
        try {
            codings = plan.limits().maxRatio() > 0 ? ContentCodings.of(response) : List.of();
            return null;
        } catch (InvalidBodyException unknown) {
            return unknown.error();
        }
    }

    /**
     * Prepares for the body of a response.
     *
     * @param resumes whether it continues the part of an earlier attempt
     */
    void begin(ResponseHead response, boolean resumes) {
        head = response;
        String given = saving.savesFiles() && saving.namesByServer()
                ? ContentDisposition.fileName(response.headers().apply("content-disposition"))
                : null;
        if (given != null) {
            name = saving.names().name(input.target(), UrlFileNames.fromServer(given), index);
        }
        this.resumes = resumes;
    }

    /** Makes room for segments; those of a body that is resumed add to its part. */
    void begin(Segments ranges) throws IOException {
        if (part == null) {
            part = prior.hasPart() ? prior.takePart() : saving.parts().create(key);
        }
        segments = ranges;
        part.beginSegments(ranges.from());
    }

    /** Writes a chunk of a segment to its place. Several threads may call it at once. */
    void write(long position, BodyChunk chunk) throws IOException {
        long at = position;
        for (ByteBuffer piece : chunk.pieces()) {
            int length = piece.remaining();
            part.writeAt(at, piece);
            at += length;
        }
    }

    /** Drops what the segments brought, which may be of several versions; the body comes in one stream from now on. */
    void dropSegments() throws IOException {
        segments = null;
        unsplittable = true;
        prior.withdraw();
        part.endSegments(0, EntityVersion.UNKNOWN);
    }

    /** Gives the body its name, now that all segments are written. */
    SavedBody commitSegments() throws IOException {
        if (segments.contiguous() != segments.total()) {
            throw new IllegalStateException("segments of " + segments.contiguous() + " bytes, not " + segments.total());
        }
        gatherSegments();
        writer = new BodyWriter(part, saving.digest(), input.checksum());
        return commit(BodyChunk.EMPTY);
    }

    private void gatherSegments() throws IOException {
        if (segments != null) {
            part.endSegments(segments.contiguous(), segments.version());
            segments = null;
        }
    }

    /** Writes a chunk behind what is there. */
    void write(BodyChunk chunk) throws IOException {
        try {
            writer().write(chunk);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private BodyWriter writer() throws IOException {
        if (writer == null) {
            if (saving.savesFiles()) {
                openPart();
            }
            writer = codings.isEmpty()
                    ? new BodyWriter(part, saving.digest(), input.checksum())
                    : new BodyWriter(
                            part,
                            saving.digest(),
                            input.checksum(),
                            output -> new ContentDecoder(
                                    codings, plan.limits().maxBytes(), plan.limits().maxRatio(), output));
        }
        return writer;
    }

    private void openPart() throws IOException {
        if (resumes) {
            part = prior.resumePart();
            return;
        }
        if (part == null) {
            part = prior.hasPart() ? prior.takePart() : saving.parts().create(key);
        }
        part.begin(version());
    }

    /** Writes the last chunk of the body, checks it and gives it its name. On failure nothing wrong is left. */
    SavedBody commit(BodyChunk last) throws IOException {
        try {
            writer().write(last);
            byte[] sha256 = writer.finish();
            String path = part == null ? null : store(sha256);
            part = null;
            return new SavedBody(path, writer.size(), BodyWriter.hex(sha256));
        } catch (IOException e) {
            broken = true;
            if (e instanceof InvalidBodyException || !saving.resumesNextRun()) {
                deletePart(e);
            }
            release(BodyChunk.EMPTY);
            throw e;
        }
    }

    private void deletePart(IOException because) {
        PartFile useless = part;
        part = null;
        try {
            if (useless != null) {
                useless.delete();
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private String store(byte[] sha256) throws IOException {
        part.finish(saving.policy().force());
        if (saving.policy().existing() == ExistingFilePolicy.REFRESH) {
            FileOrigin.write(part.path(), input.target().url(), head);
        }
        String path = prior.isReplaced()
                ? saving.folder().replace(part.path(), name, writer.size(), sha256)
                : saving.folder().commit(part.path(), name, writer.size(), sha256);
        part.committed();
        if (saving.policy().force()) {
            saving.folder().force(Path.of(path));
        }
        return path;
    }

    /** Whether {@link #release} has something to do. */
    boolean holds(BodyChunk rest) {
        return part != null || prior.hasPart() || !codings.isEmpty() || rest.length() > 0 && isResumable();
    }

    private boolean isResumable() {
        return head != null
                && !broken
                && saving.savesFiles()
                && saving.parts().resumes()
                && (resumes || version().get().isKnown());
    }

    /** A place in the decoded bytes is none that a server could resume from. */
    private Supplier<EntityVersion> version() {
        ResponseHead whole = head;
        return codings.isEmpty() ? () -> EntityVersion.of(whole) : () -> EntityVersion.UNKNOWN;
    }

    /**
     * Lets go of a body that is not whole: keeps it for a later attempt that can resume it, or removes it.
     *
     * @param rest the bytes that came and are not written
     */
    void release(BodyChunk rest) {
        if (writer != null) {
            writer.abort();
        }
        try {
            if (rest.length() > 0 && isResumable()) {
                write(rest);
            }
        } catch (IOException e) {
            LOG.warn("the beginning of a body could not be kept: {}", Excerpt.of(e.toString()));
        }
        try {
            PartFile left = part != null ? part : prior.takePart();
            if (left != null) {
                gatherSegments();
                saving.parts().release(key, left);
            }
        } catch (IOException e) {
            LOG.warn("the beginning of a body could not be put away: {}", Excerpt.of(e.toString()));
        }
        part = null;
    }
}
