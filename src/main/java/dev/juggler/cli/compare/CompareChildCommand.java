package dev.juggler.cli.compare;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.StandardStream;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.ChildMeasurementLoop;
import dev.juggler.compare.InProcessMeasurer;
import dev.juggler.engine.JobRun;
import dev.juggler.job.ConcurrencyModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The other side of {@code compare --isolate}: runs one contender whenever its parent says so. */
public final class CompareChildCommand implements Command {
    private static final String MAIN = "dev.juggler.cli.Main";

    private final CommandTail tail;
    private final CommandParser parser;
    /** Replaced by the required option. */
    private ConcurrencyModel model = ConcurrencyModel.SEQUENTIAL;

    private int concurrency;
    private List<String> lists = List.of();

    public CompareChildCommand(CommandTail tail, CommandParser parser) {
        this.tail = tail;
        this.parser = parser;
    }

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.command().usageMessage().hidden(true);
        syntax.add(OptionSyntax.option("--of-model", ConcurrencyModel.class, value -> model = value)
                .required(true));
        syntax.add(OptionSyntax.option("--of-concurrency", Integer.class, value -> concurrency = value)
                .required(true));
        syntax.values("--list", "NAME", String.class, all -> lists = all);
    }

    /** The words that start one like this JVM. */
    static List<String> words(Candidate contender, InnerJob job) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        words.addAll(List.of("compare-child", "--of-model", contender.model().id()));
        words.addAll(List.of("--of-concurrency", Integer.toString(contender.concurrency())));
        job.lists().lists.forEach(list -> words.addAll(List.of("--list", list)));
        words.add("--");
        words.addAll(job.words());
        return words;
    }

    @Override
    public Integer call() throws Exception {
        InnerJob job = RepeatedJob.parse(parser, "compare-child", tail.command());
        if (!lists.isEmpty()) {
            job.lists().lists = List.copyOf(lists);
        }
        InterruptHandler signals = InterruptHandler.handle(line -> {});
        AtomicReference<JobRun> current = new AtomicReference<>();
        ChildMeasurementLoop loop = new ChildMeasurementLoop(
                new Candidate(model, concurrency),
                InProcessMeasurer.alone(new RepeatedJob(job), CommandVertx::forJob, run -> {
                    current.set(run);
                    signals.govern(run);
                }));
        loop.run(System.in, StandardStream.out(), () -> {
            JobRun run = current.get();
            if (run != null) {
                run.cancel();
            }
        });
        return ExitCodes.OK;
    }
}
