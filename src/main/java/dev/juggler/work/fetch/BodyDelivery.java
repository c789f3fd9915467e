package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.FetchPlan.Destination;
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
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of one fetch, checks it and gives it its name; keeps an incomplete body that a later attempt can
 * resume. Used by one thread at a time. The methods that throw {@code IOException} block on files, and so does
 * {@link #release}.
 */
final class BodyDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BodyDelivery.class);

    private final FetchPlan plan;
    private final SavingPlan saving;
    private final @Nullable Destination destination;
    private final String key;
    private final FetchInput input;
    private final long index;
    private final PriorDownload prior;

    /** The name of the file; empty without a destination. */
    private String name;

    /** Content codings of the body, in the order of the server; empty when it is not decoded. */
    private List<String> codings = List.of();

    /** The head of the response whose body is written; null before there is one. */
    private @Nullable ResponseHead head;

    /** True when that body continues the part of an earlier attempt. */
    private boolean resumes;

    /** Null before the first write, and without a destination. */
    private @Nullable PartFile part;

    /** Null before the first write. */
    private @Nullable BodyWriter writer;

    /** The ranges of the body while it is fetched in segments; null otherwise. */
    private @Nullable Segments segments;

    /** True when fetching this body in ranges failed. */
    private boolean unsplittable;

    /** True when a chunk is missing or the bytes are wrong, so that nothing may be appended. */
    private boolean broken;

    BodyDelivery(FetchPlan plan, Task task, FetchInput input) {
        this.plan = plan;
        this.saving = plan.saving();
        this.destination = saving.destination();
        this.key = task.key();
        this.index = task.index();
        this.input = input;
        this.name = destination == null ? "" : destination.names().name(input.target(), index);
        this.prior = new PriorDownload(saving, key, input, name);
    }

    PriorDownload prior() {
        return prior;
    }

    /** Returns whether the bytes of a valid body are needed, and not only their number. */
    boolean needsBytes() {
        return destination != null || input.checksum() != null || !codings.isEmpty();
    }

    /** Returns whether the body is not encoded, and so may be resumed. */
    boolean isPlain() {
        return codings.isEmpty();
    }

    /** Returns whether the body may be fetched in ranges. */
    boolean maySplit() {
        return destination != null && isPlain() && !unsplittable;
    }

    /** Stores the codings of a body if it is to be decoded; returns the error if it cannot be, else null. */
    @Nullable
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
        this.resumes = resumes;
        if (destination != null && destination.namesByServer()) {
            String given = ContentDisposition.fileName(response.headers().get("content-disposition"));
            if (given != null) {
                name = destination.names().name(input.target(), UrlFileNames.fromServer(given), index);
            }
        }
    }

    /** Prepares for segments; those of a resumed body add to its part. Returns the file to write to. */
    PartFile begin(Segments ranges) throws IOException {
        if (destination == null) {
            throw new IllegalStateException("a body that is only read is not split");
        }
        PartFile file = partIn(destination);
        segments = ranges;
        file.beginSegments(ranges.from());
        return file;
    }

    /** Returns the part in use, that of an earlier attempt, or a new one. */
    private PartFile partIn(Destination target) throws IOException {
        PartFile existing = part != null ? part : prior.takePart();
        PartFile any = existing != null ? existing : target.parts().create(key);
        part = any;
        return any;
    }

    /**
     * Drops the bytes of the segments, which may be of several versions; the body is fetched in one stream from now on.
     */
    void drop(PartFile file) throws IOException {
        segments = null;
        unsplittable = true;
        prior.withdraw();
        file.endSegments(0, EntityVersion.UNKNOWN);
    }

    /** Gives the body its name after all segments were written. */
    SavedBody commit(Segments ranges, PartFile file) throws IOException {
        if (ranges.contiguous() != ranges.total()) {
            throw new IllegalStateException("segments of " + ranges.contiguous() + " bytes, not " + ranges.total());
        }
        endSegments(ranges, file);
        writer = new BodyWriter(file, saving.digest(), input.checksum());
        return commit(BodyChunk.EMPTY);
    }

    private void endSegments(Segments ranges, PartFile file) throws IOException {
        segments = null;
        file.endSegments(ranges.contiguous(), ranges.version());
    }

    /** Appends a chunk. */
    void write(BodyChunk chunk) throws IOException {
        try {
            writer().write(chunk);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private BodyWriter writer() throws IOException {
        BodyWriter current = writer;
        if (current == null) {
            if (destination != null) {
                openPart(destination);
            }
            current = newWriter();
            writer = current;
        }
        return current;
    }

    private BodyWriter newWriter() {
        return codings.isEmpty()
                ? new BodyWriter(part, saving.digest(), input.checksum())
                : new BodyWriter(
                        part,
                        saving.digest(),
                        input.checksum(),
                        output -> new ContentDecoder(
                                codings, plan.limits().maxBytes(), plan.limits().maxRatio(), output));
    }

    private void openPart(Destination target) throws IOException {
        if (resumes) {
            part = prior.resumePart();
        } else {
            partIn(target).begin(version());
        }
    }

    /** Writes the last chunk of the body, checks it and gives it its name. After a failure no invalid bytes remain. */
    SavedBody commit(BodyChunk last) throws IOException {
        try {
            BodyWriter complete = writer();
            complete.write(last);
            byte[] sha256 = complete.finish();
            String path =
                    part == null || destination == null ? null : store(part, destination, complete.size(), sha256);
            part = null;
            return new SavedBody(path, complete.size(), BodyWriter.hex(sha256));
        } catch (IOException e) {
            broken = true;
            if (e instanceof InvalidBodyException || saving.policy().resume() != PartialBodyPolicy.NEXT_RUN) {
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

    private String store(PartFile whole, Destination target, long size, byte @Nullable [] sha256) throws IOException {
        whole.finish(saving.policy().force());
        if (saving.policy().existing() == ExistingFilePolicy.REFRESH && head != null) {
            FileOrigin.write(whole.path(), input.target().url(), head);
        }
        String path = prior.isReplaced()
                ? target.folder().replace(whole.path(), name, size, sha256)
                : target.folder().commit(whole.path(), name, size, sha256);
        whole.committed();
        if (saving.policy().force()) {
            target.folder().force(Path.of(path));
        }
        return path;
    }

    /** Returns whether {@link #release} has something to do. */
    boolean holds(BodyChunk rest) {
        return part != null || prior.hasPart() || !codings.isEmpty() || (rest.length() > 0 && isResumable());
    }

    private boolean isResumable() {
        return head != null
                && !broken
                && destination != null
                && destination.parts().resumes()
                && (resumes || version().get().isKnown());
    }

    /**
     * Returns the version of the body; unknown for decoded bytes, since a server cannot resume at an offset in them.
     */
    private Supplier<EntityVersion> version() {
        ResponseHead whole = head;
        return whole == null || !codings.isEmpty() ? () -> EntityVersion.UNKNOWN : () -> EntityVersion.of(whole);
    }

    /**
     * Releases an incomplete body: keeps it for a later attempt that can resume it, or deletes it.
     *
     * @param rest the bytes received and not written
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
            LOG.warn("cannot write the last bytes of an incomplete body: {}", Excerpt.of(e.toString()));
        }
        try {
            PartFile left = part != null ? part : prior.takePart();
            if (left != null && destination != null) {
                if (segments != null) {
                    endSegments(segments, left);
                }
                destination.parts().release(key, left);
            }
        } catch (IOException e) {
            LOG.warn("cannot keep or delete an incomplete body: {}", Excerpt.of(e.toString()));
        }
        part = null;
    }
}
