package dev.juggler.cli;

import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.TemporaryFolders;
import dev.juggler.demo.DemoSite;
import dev.juggler.engine.Await;
import dev.juggler.model.processes.ChildTraining;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains the JVM's AOT cache: runs each kind of work briefly, so that the cache holds its classes and profiles. run.sh
 * starts it once after a build.
 */
final class AotTrainingCommand implements Command {
    private boolean cluster;
    private boolean brief;

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.command().usageMessage().hidden(true);
        syntax.flag("--short", on -> brief = on, "Train for runs that are likely over in seconds only.");
        syntax.flag(
                "--cluster", on -> cluster = on, "Train for clusters too, which would make every other start slower.");
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("juggler-training-");
        Vertx vertx = Vertx.vertx(CommandVertx.options());
        try {
            DemoSite site = Await.result(DemoSite.start(vertx));
            int worst = 0;
            for (List<String> command : commands(site.origin(), folder)) {
                worst = Math.max(worst, Main.run(command.toArray(String[]::new)));
            }
            return cluster ? Math.max(worst, rehearse()) : worst;
        } finally {
            Await.result(vertx.close());
            TemporaryFolders.delete(folder);
        }
    }

    private static int rehearse() throws Exception {
        Await.result(ChildTraining.run());
        return Main.run(new String[] {"compute", "square", "--model", "processes", "-n", "1", "1..200000"});
    }

    private List<List<String>> commands(String origin, Path folder) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("--version"));
        commands.add(List.of("--help"));
        for (String model : List.of("async", "threads", "virtual", "sequential")) {
            commands.add(List.of("fetch", "--model", model, origin + "/bytes/10000?{1..2000}"));
            commands.add(
                    List.of("fetch", "--model", model, "-o", folder + "/" + model, origin + "/bytes/10000?{1..500}"));
            commands.add(List.of("exec", "--model", model, "1..200", "--", "echo", "{}"));
        }
        String list = list(origin, folder);
        commands.add(List.of("fetch", "-q", "-i", list, "-o", folder + "/listed"));
        commands.add(List.of("fetch", "-i", list, "--retries", "1", "--journal", folder + "/fetched"));
        if (!brief) {
            commands.addAll(computing(folder));
        }
        return commands;
    }

    private static String list(String origin, Path folder) throws IOException {
        List<String> urls = IntStream.range(0, 2000)
                .mapToObj(n -> origin + "/bytes/10000?" + n)
                .toList();
        return Files.write(folder.resolve("urls"), urls).toString();
    }

    private static List<List<String>> computing(Path folder) {
        List<List<String>> commands = new ArrayList<>();
        for (String model : List.of("async", "threads", "virtual", "sequential")) {
            commands.add(List.of("compute", "square", "--model", model, "1..200000"));
        }
        commands.add(List.of("compute", "sum-squares", "100000..100019", "--jsonl"));
        commands.add(List.of("compute", "square", "1..100000", "-k", "--journal", folder + "/journal"));
        commands.add(List.of("compute", "square", "1..100000", "--json", "--journal", folder + "/journal", "--resume"));
        return commands;
    }
}
