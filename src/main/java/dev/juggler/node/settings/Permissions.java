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

/**
 * What strangers on the bus may have done here, as the settings say. A request is turned into work only here, so nothing
 * else of it reaches the machine. May block: it reads source files.
 */
public final class Permissions {
    private final NodeSettings settings;
    private final Path base;

    /** Relative paths in the settings are below {@code base}. */
    public Permissions(NodeSettings settings, Path base) {
        this.settings = settings;
        this.base = base;
    }

    /**
     * The work that a request asks for.
     *
     * @throws RejectedRequestException when it is not allowed
     */
    public WorkSpec work(JobRequest request) {
        return switch (request.work()) {
            case JobRequest.Fetch fetch -> fetches().spec(request, fetch);
            case JobRequest.Compute compute -> compute(compute);
            case JobRequest.Exec exec -> exec(exec);
        };
    }

    /** What may be fetched. */
    public FetchPermissions fetches() {
        return new FetchPermissions(settings.fetch(), base);
    }

    /** Makes the work ready, under the limits that only show with each input. */
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
                throw RejectedRequestException.bad("this node takes no source of functions over the bus; it knows "
                        + String.join(", ", settings.compute().functions()));
            }
            return new ComputeSpec(asked.function(), Optional.of(asked.source()), classpath);
        }
        if (!settings.compute().functions().contains(asked.function())) {
            throw RejectedRequestException.bad("this node knows no function '" + asked.function() + "'; it knows "
                    + String.join(", ", settings.compute().functions()));
        }
        return ComputeWork.spec(file(asked.function()), classpath);
    }

    /** A source file of the settings lies below their folder; other names are names. */
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
            throw RejectedRequestException.bad("this node may not run '" + String.join(" ", asked.command())
                    + "'; it may run "
                    + (commands.isEmpty()
                            ? "nothing"
                            : String.join(
                                    ", ", commands.keySet().stream().sorted().toList())));
        }
        return new ExecSpec(words, false, ExecSpec.DEFAULT_MEMORY_LIMIT);
    }

    /** The list of inputs that a request names. */
    public Path list(String name) {
        return below(base, settings.lists(), name, "read list");
    }

    /** A path in the folder that the settings allow; refused when it lies elsewhere. */
    static Path below(Path base, String folder, String name, String what) {
        if (folder == null) {
            throw RejectedRequestException.bad(
                    "this node may not " + what + " '" + name + "': its settings name no folder for that");
        }
        try {
            Path allowed = base.resolve(folder).toAbsolutePath().normalize();
            Path asked = allowed.resolve(name).normalize();
            if (asked.startsWith(allowed)) {
                return asked;
            }
        } catch (InvalidPathException e) {
            throw RejectedRequestException.bad("'" + name + "' is no path: " + e.getReason());
        }
        throw RejectedRequestException.bad(
                "this node may not " + what + " '" + name + "': it lies outside the folder that is allowed");
    }
}
