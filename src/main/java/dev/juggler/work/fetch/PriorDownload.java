package dev.juggler.work.fetch;

import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.SavePolicy;
import dev.juggler.work.fetch.FetchPlan.Destination;
import dev.juggler.work.fetch.FetchPlan.SavingPlan;
import dev.juggler.work.fetch.http.ContentRange;
import dev.juggler.work.fetch.http.EntityVersion;
import dev.juggler.work.fetch.http.ResponseHead;
import dev.juggler.work.fetch.saving.BodyWriter;
import dev.juggler.work.fetch.saving.Checksum;
import dev.juggler.work.fetch.saving.DownloadFolder;
import dev.juggler.work.fetch.saving.FileOrigin;
import dev.juggler.work.fetch.saving.PartFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of earlier attempts and runs for one body: a file with its name, a part to resume. Used by one thread at
 * a time; {@link #find} and {@link #resumePart} block on files.
 */
final class PriorDownload {
    private final @Nullable Destination destination;
    private final SavePolicy policy;
    private final String key;
    private final FetchInput input;
    private final String name;

    /** Origin of a file with this name from before the run, if the job does not overwrite it; null otherwise. */
    private @Nullable FileOrigin file;

    /** Null when there is none, or it was taken. */
    private @Nullable PartFile part;

    /** True when the part is not resumed, because the server's response did not fit. */
    private boolean withdrawn;

    /**
     * The point at which a response continues a part.
     *
     * @param version the version of both
     * @param offset offset of the first byte received
     * @param total the length of the whole body
     */
    record ResumePoint(EntityVersion version, long offset, long total) {}

    /** @param name the file name derived from the URL; empty without a destination */
    PriorDownload(SavingPlan saving, String key, FetchInput input, String name) {
        this.destination = saving.destination();
        this.policy = saving.policy();
        this.key = key;
        this.input = input;
        this.name = name;
    }

    /** Returns whether {@link #find} reads the disk; otherwise it does not block. */
    boolean readsDisk() {
        return destination != null
                && (destination.parts().outlastRun() || policy.existing() != ExistingFilePolicy.FETCH);
    }

    /** Looks for a file and a part; returns true when the file suffices. */
    boolean find() throws IOException {
        if (destination == null) {
            return false;
        }
        if (policy.existing() != ExistingFilePolicy.FETCH) {
            DownloadFolder folder = destination.folder();
            BasicFileAttributes attributes = folder.attributes(name);
            if (attributes != null && folder.predatesRun(attributes)) {
                Path path = folder.path(name);
                file = FileOrigin.read(path, attributes, input.target().url());
                if (policy.existing() == ExistingFilePolicy.SKIP && hasExpectedChecksum(path)) {
                    return true;
                }
            }
        }
        part = destination.parts().takePartial(key);
        return false;
    }

    private boolean hasExpectedChecksum(Path path) throws IOException {
        Checksum checksum = input.checksum();
        if (checksum == null) {
            return true;
        }
        MessageDigest digest = checksum.newDigest();
        new PartFile(path).digest(digest);
        return checksum.hex().equals(BodyWriter.hex(digest.digest()));
    }

    /** Returns the path of the old file that can replace a new body, or null. */
    @Nullable
    String oldPath() {
        return file == null || destination == null
                ? null
                : destination.folder().path(name).toString();
    }

    /** Returns whether a new body replaces the old file. */
    boolean isReplaced() {
        return file != null && policy.existing() == ExistingFilePolicy.REFRESH && file.hasSameUrl();
    }

    /** Returns request headers that limit the response to missing bytes, or a changed body. */
    List<Header> conditions() {
        PartFile beginning = resumable();
        if (beginning != null) {
            return List.of(
                    new Header("range", "bytes=" + offset(beginning) + "-"),
                    new Header("if-range", beginning.version().ifRange()),
                    new Header("accept-encoding", "identity"));
        }
        return refreshConditions();
    }

    private List<Header> refreshConditions() {
        return file != null && policy.existing() == ExistingFilePolicy.REFRESH ? file.conditions() : List.of();
    }

    /** Returns whether the request asks for the body only if it has changed. */
    boolean isConditional() {
        return resumable() == null && !refreshConditions().isEmpty();
    }

    /** Returns whether a whole body of the part's version has another length than the part's response declared. */
    boolean hasOtherLength(ResponseHead head) {
        PartFile beginning = resumable();
        return beginning != null
                && head.length() >= 0
                && beginning.version().total() >= 0
                && beginning.version().total() != head.length()
                && beginning.version().matches(head);
    }

    private @Nullable PartFile resumable() {
        PartFile found = part;
        return withdrawn || found == null || !found.isResumable() ? null : found;
    }

    /** Returns the first byte to request: the body's last at the latest, so that its version is checked in any case. */
    private static long offset(PartFile beginning) {
        long total = beginning.version().total();
        return total < 0 ? beginning.length() : Math.min(beginning.length(), total - 1);
    }

    /** Returns the point at which a partial response continues the part in the same version; null when it does not. */
    @Nullable
    ResumePoint resumePoint(ResponseHead head) {
        PartFile beginning = resumable();
        ContentRange range = ContentRange.of(head);
        if (beginning == null || range == null) {
            return null;
        }
        EntityVersion version = beginning.version();
        boolean fits = range.first() == offset(beginning)
                && range.total() > 0
                && (version.total() < 0 || version.total() == range.total())
                && (head.length() < 0 || head.length() == range.length())
                && version.matches(head);
        return fits ? new ResumePoint(version, range.first(), range.total()) : null;
    }

    /** Requests the whole body from now on; returns false if that was already the case. */
    boolean withdraw() {
        boolean changed = resumable() != null;
        withdrawn = true;
        return changed;
    }

    boolean hasPart() {
        return part != null;
    }

    /** Hands over the part unchanged; null when there is none. */
    @Nullable
    PartFile takePart() {
        PartFile taken = part;
        part = null;
        return taken;
    }

    /** Hands over the part, truncated to the offset at which the response continues it. */
    PartFile resumePart() throws IOException {
        PartFile taken = takePart();
        if (taken == null) {
            throw new IllegalStateException("there is no part to resume");
        }
        taken.truncate(offset(taken));
        return taken;
    }
}
