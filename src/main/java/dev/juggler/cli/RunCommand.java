package dev.juggler.cli;

import dev.juggler.cluster.ClusterException;
import io.vertx.launcher.application.VertxApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Deploys a verticle and stays until it is stopped.",
        footer = {
            "",
            "  juggler run dev.juggler.worker.FetchVerticle --conf conf/fetch.json",
            "  juggler run org.example.MyVerticle --classpath my.jar --instances 2",
            "  juggler run org.example.MyVerticle --classpath my.jar --cluster"
        })
final class RunCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Parameters(paramLabel = "VERTICLE", description = "A class name.")
    private String verticle;

    @Option(names = "--conf", paramLabel = "FILE", description = "The verticle's configuration, an object in JSON.")
    private Path conf;

    @Option(names = "--instances", paramLabel = "N", description = "How many are deployed. Default: 1.")
    private Integer instances;

    @Option(
            names = "--threading-model",
            paramLabel = "event-loop|worker|virtual-thread",
            description = "The kind of thread. Default: event-loop.")
    private Threading threading;

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description = "Jars and folders for the class, with ':' between.")
    private String classpath;

    @Option(
            names = "--cluster",
            description = "On the event bus of a cluster: the one of 'juggler node', which it joins or begins.")
    private boolean cluster;

    @Option(
            names = "--cluster-conf",
            paramLabel = "FILE",
            description = "How it is joined: settings as those of a node. Default: conf/node.json.")
    private Path clusterConf;

    enum Threading {
        event_loop(List.of()),
        worker(List.of("--worker")),
        virtual_thread(List.of("--virtual-thread"));

        private final List<String> arguments;

        Threading(List<String> arguments) {
            this.arguments = arguments;
        }

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (instances != null && instances < 1) {
            throw CommandFailure.usage("--instances is at least 1, not " + instances);
        }
        LaunchHooks hooks = new LaunchHooks(VerticleClass.load(verticle, classpath), threading(), beside());
        int code = new Application(arguments(), hooks).launch();
        return code == 0 ? hooks.awaitEnd() : hooks.failure();
    }

    private Optional<ClusterMember> beside() {
        if (!cluster && clusterConf == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ClusterMember.of(clusterConf == null ? Home.folder().resolve("conf/node.json") : clusterConf));
        } catch (ClusterException e) {
            throw CommandFailure.cluster(e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private Threading threading() {
        return threading == null ? Threading.event_loop : threading;
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>(threading().arguments);
        if (cluster || clusterConf != null) {
            arguments.add("--cluster");
        }
        if (conf != null) {
            arguments.addAll(List.of("--conf", checkedConf().toString()));
        }
        if (instances != null) {
            arguments.addAll(List.of("--instances", instances.toString()));
        }
        return arguments.toArray(String[]::new);
    }

    /** The launcher itself would start with an empty configuration where the file is missing or broken. */
    private Path checkedConf() {
        JsonFile.read(conf, "--conf " + conf);
        return conf.toAbsolutePath();
    }

    /** The launcher, without its habit of ending the JVM. */
    private static final class Application extends VertxApplication {
        Application(String[] arguments, LaunchHooks hooks) {
            super(arguments, hooks, false, false);
        }
    }
}
