package dev.juggler.worker;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.WorkSpec;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.compute.user.UserExit;
import dev.juggler.work.exec.ExecWork;
import dev.juggler.work.fetch.FetchWork;
import dev.juggler.work.fetch.http.FetchSettings;
import java.util.Map;

/** Prepares the work of a job from its spec, as a process does that has only received the spec. */
public final class WorkProviders {
    private WorkProviders() {}

    /**
     * Checks the spec, compiles sources and opens folders. May block.
     *
     * @param secrets values of variables that the spec refers to, by name; the spec does not contain them
     * @throws dev.juggler.work.InvalidWorkException if the spec is invalid
     */
    public static WorkProvider prepare(WorkSpec spec, Map<String, String> secrets) {
        return switch (spec) {
            case FetchSpec fetch -> FetchWork.prepare(fetch, FetchSettings.DEFAULT, secrets);
            case WorkSpec.ComputeSpec compute -> ComputeWork.prepare(compute, UserExit.ENDS_JVM);
            case WorkSpec.ExecSpec exec -> ExecWork.prepare(exec);
        };
    }
}
