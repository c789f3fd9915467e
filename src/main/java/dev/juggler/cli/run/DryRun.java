package dev.juggler.cli.run;

import dev.juggler.cli.command.ExitCodes;
import dev.juggler.job.Job;
import dev.juggler.job.Task;
import dev.juggler.report.SafeText;
import dev.juggler.source.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** Shows what a run would do, without doing it. */
final class DryRun {
    private static final int PAGE = 1024;

    private DryRun() {}

    /** Prints a line per input on stdout, and one with model and concurrency on stderr. */
    static int show(Job job, Source source, Function<Task, String> preview) throws IOException {
        PrintStream out = System.out;
        try (source) {
            List<Task> page = source.next(PAGE);
            while (!page.isEmpty() && !out.checkError()) {
                page.forEach(task -> out.println(SafeText.of(preview.apply(task))));
                page = source.next(PAGE);
            }
        }
        String concurrency = (job.adaptive() ? "adaptive, at most " : "") + job.concurrency();
        System.err.println("Would run under " + job.model().id() + ", concurrency " + concurrency + ".");
        return ExitCodes.OK;
    }
}
