package dev.juggler.cli.cluster;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobStatus;
import dev.juggler.report.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The command {@code jobs}: lists the jobs of a cluster. */
public final class JobsCommand extends ClusterCommand {
    private int limit = 20;
    private boolean json;

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Lists the jobs of a cluster, newest first.");
        syntax.value(
                "--limit", "N", Integer.class, value -> limit = value, "List at most N jobs, 1 to 1000. Default: 20.");
        syntax.flag("--json", on -> json = on, "Print each job as a line of JSON.");
    }

    @Override
    int run(JobClient client) throws Exception {
        List<JobStatus> jobs = ClusterOptions.await(client.list(limit));
        if (json) {
            jobs.forEach(ClusterCommand::print);
        } else {
            System.out.print(table(jobs));
        }
        return ExitCodes.OK;
    }

    private static String table(List<JobStatus> jobs) {
        List<ColumnData<JobStatus>> columns = List.of(
                column("id", JobStatus::id, HorizontalAlign.LEFT),
                column("work", JobStatus::work, HorizontalAlign.LEFT),
                column("state", JobsCommand::state, HorizontalAlign.LEFT),
                column("done", JobsCommand::done, HorizontalAlign.RIGHT),
                column("failed", job -> Long.toString(failed(job)), HorizontalAlign.RIGHT),
                column("submitted", job -> job.submitted().replaceFirst("\\.\\d+Z$", "Z"), HorizontalAlign.LEFT));
        String text = AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .lineSeparator("\n")
                .data(jobs, columns)
                .asString();
        return text.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }

    private static ColumnData<JobStatus> column(
            String header, Function<JobStatus, String> cell, HorizontalAlign align) {
        return new Column()
                .header(header)
                .headerAlign(align)
                .dataAlign(align)
                .with(job -> SafeText.of(cell.apply(job)));
    }

    /** Returns the way that a job ended, or else its state. */
    static String state(JobStatus job) {
        String ending = job.ending();
        return ending != null ? ending : job.state().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the progress of a job, such as {@code 12/100}; without the second number while it is unknown. */
    static String done(JobStatus job) {
        return job.counts().done() - job.counts().cancelled() + (job.total() == null ? "" : "/" + job.total());
    }

    /** Returns the number of tasks that failed or timed out. */
    static long failed(JobStatus job) {
        return job.counts().failed() + job.counts().timedOut();
    }
}
