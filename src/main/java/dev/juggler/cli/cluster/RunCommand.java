package dev.juggler.cli.cluster;

import dev.juggler.boot.InstallFolder;
import dev.juggler.cli.command.ClassPathOption;
import dev.juggler.cli.command.Command;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.Converters;
import dev.juggler.cli.command.JsonFile;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cluster.ClusterException;
import io.vertx.launcher.application.VertxApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The command {@code run}: deploys a verticle. */
public final class RunCommand implements Command {
    private String verticle = "";
    private @Nullable Path conf;
    private @Nullable Integer instances;
    private @Nullable Threading threading;
    private final ClassPathOption classPath = new ClassPathOption();
    private boolean cluster;
    private @Nullable Path clusterConf;

    @Override
    public void declare(OptionSyntax syntax) {
        syntax.describe("Deploys a verticle and stays until a signal, or until the verticle closes its Vert.x.");
        syntax.footer(
                "",
                "  juggler run dev.juggler.service.FetchVerticle --conf conf/fetch.json",
                "  juggler run org.example.MyVerticle --classpath my.jar --instances 2",
                "  juggler run org.example.MyVerticle --classpath my.jar --cluster");
        syntax.argument("VERTICLE", String.class, value -> verticle = value, "The class name of the verticle.");
        syntax.value(
                "--conf",
                "FILE",
                Path.class,
                value -> conf = value,
                "The configuration of the verticle, a JSON object.");
        syntax.value(
                "--instances", "N", Integer.class, value -> instances = value, "The number of instances. Default: 1.");
        syntax.value(
                "--threading-model",
                "event-loop|worker|virtual-thread",
                Threading.class,
                value -> threading = value,
                "The kind of thread. Default: event-loop.");
        classPath.declare(syntax);
        syntax.flag(
                "--cluster",
                on -> cluster = on,
                "Join the cluster of 'juggler node', or start it, and use its event bus.");
        syntax.value(
                "--cluster-conf",
                "FILE",
                Path.class,
                value -> clusterConf = value,
                "The settings of the cluster, in the format of a node's settings. Default: conf/node.json.");
    }

    /** The kinds of threads, with the launcher's options for them. */
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
        LaunchHooks hooks =
                new LaunchHooks(VerticleClass.load(verticle, classPath.entries()), threading(), clusterMember());
        int code = new Application(arguments(), hooks).launch();
        return code == 0 ? hooks.awaitEnd() : hooks.failure();
    }

    private Optional<VerticleClusterMember> clusterMember() {
        if (!cluster && clusterConf == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(VerticleClusterMember.of(
                    clusterConf == null ? InstallFolder.folder().resolve("conf/node.json") : clusterConf));
        } catch (ClusterException e) {
            throw CommandFailure.cluster(e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    /** Registers the converter of {@code --threading-model}. */
    public static void registerConverter(CommandLine line) {
        line.registerConverter(Threading.class, Converters.of(RunCommand::threading));
    }

    private static Threading threading(String name) {
        return Arrays.stream(Threading.values())
                .filter(threading -> threading.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is not a threading model: use event-loop, worker or virtual-thread"));
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
            arguments.addAll(List.of("--conf", checked(conf).toString()));
        }
        if (instances != null) {
            arguments.addAll(List.of("--instances", instances.toString()));
        }
        return arguments.toArray(String[]::new);
    }

    /** Checks a file: the launcher would start with an empty configuration when it is missing or invalid. */
    private static Path checked(Path file) {
        JsonFile.read(file, "--conf " + file);
        return file.toAbsolutePath();
    }

    /** The Vert.x launcher, configured not to exit the JVM. */
    private static final class Application extends VertxApplication {
        Application(String[] arguments, LaunchHooks hooks) {
            super(arguments, hooks, false, false);
        }
    }
}
