package dev.juggler.cli;

import dev.juggler.compare.ChildLoop;
import dev.juggler.compare.Contender;
import dev.juggler.compare.InThisJvm;
import dev.juggler.engine.Run;
import dev.juggler.job.ConcurrencyModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The other side of {@code compare --isolate}: runs one contender whenever its parent says so. */
@Command(name = "compare-child", hidden = true)
final class CompareChildCommand implements Callable<Integer> {
    @ParentCommand
    private JugglerCommand juggler;

    @Option(names = "--of-model", required = true)
    private ConcurrencyModel model;

    @Option(names = "--of-concurrency", required = true)
    private int concurrency;

    @Option(names = "--list")
    private List<String> lists = List.of();

    /** The words that start one like this JVM. */
    static List<String> words(Contender contender, InnerJob job) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of("compare-child", "--of-model", contender.model().id()));
        words.addAll(List.of("--of-concurrency", Integer.toString(contender.concurrency())));
        job.lists().lists.forEach(list -> words.addAll(List.of("--list", list)));
        words.add("--");
        words.addAll(job.words());
        return words;
    }

    @Override
    public Integer call() throws Exception {
        InnerJob job = RepeatedJob.parse("compare-child", juggler.tail().command());
        if (!lists.isEmpty()) {
            job.lists().lists = List.copyOf(lists);
        }
        Signals signals = Signals.handle(line -> {});
        AtomicReference<Run> current = new AtomicReference<>();
        ChildLoop loop = new ChildLoop(
                new Contender(model, concurrency), InThisJvm.alone(new RepeatedJob(job), Vertxes::forJob, run -> {
                    current.set(run);
                    signals.govern(run);
                }));
        loop.run(System.in, StandardStream.out(), () -> {
            Run run = current.get();
            if (run != null) {
                run.cancel();
            }
        });
        return ExitCodes.OK;
    }
}
