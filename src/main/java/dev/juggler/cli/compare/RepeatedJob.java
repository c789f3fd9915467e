package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.TemporaryFolders;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.JobPreparation;
import dev.juggler.engine.PreparedJob;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.WorkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that is run several times. Bodies of fetches get a checksum. A run that saves bodies does so in a new temporary
 * folder inside the output folder, and so on the same disk; the folder is deleted after the run.
 */
final class RepeatedJob implements JobPreparation {
    /** Options that a compared job must not have, with the reasons. */
    private static final Map<String, String> REJECTED = Map.of(
            "--model", "choose the models with --models",
            "--journal", "its runs cannot be resumed",
            "--resume", "its runs cannot be resumed",
            "--dry-run", "the job has to run",
            "--json", "its results are not shown",
            "--jsonl", "its results are not shown",
            "--reduce", "its results are not shown");

    private final InnerJob job;
    private @Nullable Path folder;

    RepeatedJob(InnerJob job) {
        this.job = job;
    }

    /** Parses the job after a command's {@code --}; see {@link InnerJob#parse}. */
    static InnerJob parse(CommandParser parser, String outer, @Nullable List<String> words) {
        return InnerJob.parse(parser, outer, words, REJECTED);
    }

    @Override
    public PreparedJob prepare(Candidate candidate) throws IOException {
        cleanUp();
        return job.prepare(candidate.model(), candidate.concurrency(), this::adapt);
    }

    /** Prepares the job for each candidate once, so that mistakes in it are reported before anything runs. */
    void verify(List<Candidate> candidates) throws IOException {
        for (Candidate candidate : candidates) {
            PreparedJob prepared = prepare(candidate);
            prepared.source().close();
            prepared.work().close();
            cleanUp();
        }
    }

    private WorkSpec adapt(WorkSpec work) {
        if (!(work instanceof FetchSpec fetch)) {
            return work;
        }
        FetchSpec.Saving saving = fetch.saving().withCrc();
        return fetch.with(
                saving.folder().isEmpty()
                        ? saving
                        : saving.in(newFolder(saving.folder().get())));
    }

    private String newFolder(String parent) {
        try {
            Path created = Files.createTempDirectory(Files.createDirectories(Path.of(parent)), ".compare-");
            folder = created;
            return created.toString();
        } catch (IOException e) {
            throw CommandFailure.output("cannot create a folder in " + parent + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void cleanUp() throws IOException {
        if (folder != null) {
            TemporaryFolders.delete(folder);
            folder = null;
        }
    }
}
