package dev.juggler.cli.run;

import dev.juggler.cli.command.Terminal;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.report.RunReport;
import java.util.ArrayList;
import java.util.List;

/** Formats the last line on stderr: {@code Downloaded 90 in 6.44 seconds (async, 64 in flight, 0 failed)}. */
final class RunSummary {
    private RunSummary() {}

    /** Returns the summary of a report. */
    static String of(RunReport report, Terminal terminal) {
        TaskCounts counts = report.counts();
        String head = "%s %d in %.2f seconds".formatted(verb(report.work()), counts.succeeded(), report.seconds());
        String tail = " (" + String.join(", ", details(report)) + ")";
        String style = counts.unsuccessful() > 0 || report.ending() != EndReason.COMPLETED ? "fg(red)" : "fg(green)";
        return terminal.styled(style, head) + tail;
    }

    private static String verb(String work) {
        return switch (work) {
            case "fetch" -> "Downloaded";
            case "compute" -> "Computed";
            default -> "Ran";
        };
    }

    private static List<String> details(RunReport report) {
        List<String> details = new ArrayList<>();
        details.add(report.model());
        if (report.model().equals("async")) {
            details.add(report.concurrency() + " in flight" + adaptive(report));
        } else if (!report.model().equals("sequential")) {
            details.add(report.concurrency() + (report.concurrency() == 1 ? " worker" : " workers") + adaptive(report));
        }
        TaskCounts counts = report.counts();
        details.add(counts.failed() + " failed");
        addIfAny(details, counts.timedOut(), "timed out");
        addIfAny(details, counts.cancelled(), "cancelled");
        addIfAny(details, counts.skipped(), "done before");
        if (report.ending() != EndReason.COMPLETED) {
            details.add(reason(report.ending()));
        }
        return details;
    }

    private static String adaptive(RunReport report) {
        return report.limit() == null
                ? ""
                : ", adaptive up to " + report.limit().most();
    }

    private static void addIfAny(List<String> details, long count, String what) {
        if (count > 0) {
            details.add(count + " " + what);
        }
    }

    private static String reason(EndReason ending) {
        return switch (ending) {
            case COMPLETED -> "complete";
            case HALTED -> "halted by policy: inputs are left";
            case DEADLINE -> "deadline: inputs are left";
            case INTERRUPTED -> "interrupted: inputs are left";
            case OUTPUT_FAILED -> "output failed";
            case INPUT_FAILED -> "inputs not readable to their end";
            case WORKERS_FAILED -> "no workers: inputs are left";
        };
    }
}
