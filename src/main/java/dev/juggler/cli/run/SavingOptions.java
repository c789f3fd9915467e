package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.job.FetchSpec.ExistingFilePolicy;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpec.SavePolicy;

/** The options of fetch on how bodies are saved, and what files from before are good for. */
final class SavingOptions {
    private boolean goesOn;
    private boolean skipExisting;
    private boolean newer;
    private boolean checksum;
    private Boolean fsync;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.flag(
                "-c, --continue",
                on -> goesOn = on,
                "Go on with bodies that an earlier run left unfinished, where the server says they are still the"
                        + " same; keep those that this one leaves.");
        syntax.flag("--skip-existing", on -> skipExisting = on, "Leave out inputs whose file is there already.");
        syntax.flag(
                "--newer",
                on -> newer = on,
                "Ask for what has a file already only if it has changed since, and replace it.");
        syntax.flag(
                "--checksum",
                on -> checksum = on,
                "Refuse inputs without a checksum: lists then have lines 'URL sha256=HEX' (or sha512, sha384,"
                        + " sha1, md5), which are checked with or without this option.");
        syntax.add(OptionSyntax.option(
                        "--fsync",
                        Boolean.class,
                        on -> fsync = on,
                        "See to it that a file is on disk before its row says so, whatever fails. Default: with"
                                + " --journal.")
                .negatable(true));
    }

    /** Checks them against each other, and against what the run is. */
    SavePolicy care(boolean saves, RunOptions run) {
        if (!saves && (goesOn || skipExisting || newer)) {
            throw CommandFailure.usage(
                    "--continue, --skip-existing and --newer are about files: name a folder with -o");
        }
        if (skipExisting && newer) {
            throw CommandFailure.usage("--skip-existing and --newer exclude each other");
        }
        ExistingFilePolicy existing =
                skipExisting ? ExistingFilePolicy.SKIP : newer ? ExistingFilePolicy.REFRESH : ExistingFilePolicy.FETCH;
        boolean force = fsync == null ? run.journal != null : fsync;
        return new SavePolicy(resume(run), existing, force, checksum);
    }

    /** Whether files from before the run are looked for by name. */
    boolean looksForFiles() {
        return skipExisting || newer;
    }

    private PartialBodyPolicy resume(RunOptions run) {
        if (goesOn) {
            return PartialBodyPolicy.NEXT_RUN;
        }
        return run.retries > 0 ? PartialBodyPolicy.NEXT_TRY : PartialBodyPolicy.NEVER;
    }
}
