package dev.juggler.node.settings;

import dev.juggler.client.JobRequest;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.WorkSpec;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.exec.ExecWork;
import dev.juggler.work.fetch.FetchWork;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The work that a node permits, by its settings. A request becomes work only here, so that nothing else of it reaches
 * the machine. Thread-safe. Its methods may block: they read source files.
 */
public final class Permissions {
    private final NodeSettings settings;
    private final Path base;

    /** Permissions by these settings, whose relative paths are below {@code base}. */
    public Permissions(NodeSettings settings, Path base) {
        this.settings = settings;
        this.base = base;
    }

    /** The settings that these permissions follow. */
    public NodeSettings settings() {
        return settings;
    }

    /**
     * The work that a request asks for.
     *
     * @throws RejectedRequestException when this node does not permit it
     */
    public WorkSpec work(JobRequest request) {
        return switch (request.work()) {
            case JobRequest.Fetch fetch -> fetches().spec(request, fetch);
            case JobRequest.Compute compute -> compute(compute);
            case JobRequest.Exec exec -> exec(exec);
        };
    }

    /** The permissions of fetches. */
    public FetchPermissions fetches() {
        return new FetchPermissions(settings.fetch(), base);
    }

    /** Prepares the work, with the limits that apply to each input. */
    public WorkProvider prepare(WorkSpec spec) {
        return switch (spec) {
            case FetchSpec fetch when settings.fetch().hosts().isEmpty() -> FetchWork.prepare(fetch);
            case FetchSpec fetch ->
                new AllowedHosts(FetchWork.prepare(fetch), settings.fetch().hosts());
            case ComputeSpec compute -> ComputeWork.prepare(compute);
            case ExecSpec exec -> ExecWork.prepare(exec);
        };
    }

    private ComputeSpec compute(JobRequest.Compute asked) {
        List<String> classpath = absolute(settings.compute().classpath());
        if (asked.source() != null) {
            if (!settings.compute().source()) {
                throw RejectedRequestException.bad("this node does not accept source code; its functions are "
                        + String.join(", ", settings.compute().functions()));
            }
            return new ComputeSpec(asked.function(), Optional.of(asked.source()), classpath);
        }
        if (!settings.compute().functions().contains(asked.function())) {
            throw RejectedRequestException.bad(
                    "this node has no function '" + asked.function() + "'; its functions are "
                            + String.join(", ", settings.compute().functions()));
        }
        return ComputeWork.spec(file(asked.function()), classpath);
    }

    /** Resolves the path of a source file; other names stay as they are. */
    private String file(String function) {
        return function.contains(".java") ? base.resolve(function).toString() : function;
    }

    private List<String> absolute(List<String> paths) {
        return paths.stream().map(path -> base.resolve(path).toString()).toList();
    }

    private ExecSpec exec(JobRequest.Exec asked) {
        Map<String, List<String>> commands = settings.exec().commands();
        List<String> named =
                asked.command().size() == 1 ? commands.get(asked.command().getFirst()) : null;
        List<String> words = named == null && commands.containsValue(asked.command()) ? asked.command() : named;
        if (words == null) {
            throw RejectedRequestException.bad("this node does not allow the command '"
                    + String.join(" ", asked.command()) + "'; its commands are "
                    + (commands.isEmpty()
                            ? "none"
                            : String.join(
                                    ", ", commands.keySet().stream().sorted().toList())));
        }
        return new ExecSpec(words, false, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }

    /** The file of a list of inputs that a request names. */
    public Path list(String name) {
        return below(base, settings.lists(), name, "read list");
    }

    /**
     * The path of a file that a request names, which must lie in a folder of the settings.
     *
     * @param folder null when the settings allow none
     * @param action for the message of a rejection, such as "read list"
     */
    static Path below(Path base, @Nullable String folder, String name, String action) {
        if (folder == null) {
            throw RejectedRequestException.bad("this node does not allow requests to " + action + " '" + name
                    + "': its settings name no folder for that");
        }
        try {
            Path allowed = base.resolve(folder).toAbsolutePath().normalize();
            Path asked = allowed.resolve(name).normalize();
            if (asked.startsWith(allowed)) {
                return asked;
            }
        } catch (InvalidPathException e) {
            throw RejectedRequestException.bad("'" + name + "' is not a path: " + e.getReason());
        }
        throw RejectedRequestException.bad("this node does not allow requests to " + action + " '" + name
                + "': it lies outside the allowed folder");
    }
}
