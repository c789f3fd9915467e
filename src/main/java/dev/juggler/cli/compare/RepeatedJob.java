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

/**
 * A job that is run several times: bodies of fetches are digested, and each run that saves them does so in a new folder,
 * inside the one that was named and so on the same disk, which goes when the run is over.
 */
final class RepeatedJob implements JobPreparation {
    /** What makes no sense for a job that is compared, and why. */
    private static final Map<String, String> REFUSED = Map.of(
            "--model", "name models with --models",
            "--journal", "these runs are not gone on with",
            "--resume", "these runs are not gone on with",
            "--dry-run", "the job has to be run",
            "--json", "its results are not shown",
            "--jsonl", "its results are not shown",
            "--reduce", "its results are not shown");

    private final InnerJob job;
    private Path folder;

    RepeatedJob(InnerJob job) {
        this.job = job;
    }

    /** The job behind this command's {@code --}. */
    static InnerJob parse(CommandParser parser, String outer, List<String> words) {
        return InnerJob.parse(parser, outer, words, REFUSED);
    }

    @Override
    public PreparedJob prepare(Candidate contender) throws IOException {
        clear();
        return job.prepare(contender.model(), contender.concurrency(), this::adapted);
    }

    /** Opens and closes it under each contender's model, so that what is wrong with it is told before anything runs. */
    void tryUnder(List<Candidate> contenders) throws IOException {
        for (Candidate contender : contenders) {
            PreparedJob prepared = prepare(contender);
            prepared.source().close();
            prepared.work().close();
            clear();
        }
    }

    private WorkSpec adapted(WorkSpec work) {
        if (!(work instanceof FetchSpec fetch)) {
            return work;
        }
        FetchSpec.Saving saving = fetch.saving().withCrc();
        return fetch.with(
                saving.folder().isEmpty()
                        ? saving
                        : saving.in(newFolder(saving.folder().get())));
    }

    private String newFolder(String inside) {
        try {
            folder = Files.createTempDirectory(Files.createDirectories(Path.of(inside)), ".compare-");
            return folder.toString();
        } catch (IOException e) {
            throw CommandFailure.output("cannot make a folder in " + inside + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void clear() throws IOException {
        if (folder != null) {
            TemporaryFolders.delete(folder);
            folder = null;
        }
    }
}
