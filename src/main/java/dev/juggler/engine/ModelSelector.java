package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.WorkKind;
import dev.juggler.report.ChosenModel;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Selects the model for tasks that compute for a share of their time: the rule of thumb "asyncio or threads for
 * waiting, processes for computing", adapted to threads that compute in parallel.
 */
final class ModelSelector {
    /** The share from which tasks count as computing. */
    private static final double COMPUTES = 0.6;
    /** The share up to which tasks count as waiting. */
    private static final double WAITS = 0.2;
    /** The concurrency for waiting programs, which cost memory and a process each. */
    private static final int MAX_PROGRAMS = 64;
    /** The concurrency for waiting tasks of this JVM, which cost little. */
    private static final int MAX_WAITING = 256;

    private ModelSelector() {}

    /**
     * The measured properties of tasks.
     *
     * @param kind compute or exec
     * @param leavesLoopFree whether they do not block an event loop while they wait on it
     * @param cpu the share of their time in which they computed or waited for a processor; empty when unknown
     * @param cores the number of processors of this machine
     */
    record MeasuredTasks(WorkKind kind, boolean leavesLoopFree, OptionalDouble cpu, int cores) {}

    /** Returns whether tasks that compute for this share of their time count as computing. */
    static boolean computes(double cpu) {
        return cpu >= COMPUTES;
    }

    /**
     * Returns whether tasks that compute for this share of their time count as waiting. Those that do neither are a
     * mixed case.
     */
    static boolean waits(double cpu) {
        return cpu <= WAITS;
    }

    /** Returns the choice for measured tasks. */
    static ChosenModel of(MeasuredTasks measured) {
        if (measured.cpu.isEmpty()) {
            int concurrency = firstConcurrency(measured.kind, measured.cores);
            String why = "this system does not report how much the tasks compute";
            return chosen(measured, first(measured.kind), concurrency, why);
        }
        double cpu = measured.cpu.getAsDouble();
        String share = String.format(Locale.ROOT, "%.0f %% of their time", 100 * cpu);
        if (computes(cpu)) {
            return chosen(measured, ConcurrencyModel.THREADS, measured.cores, "the tasks compute, " + share);
        }
        if (!waits(cpu)) {
            int concurrency = (int) Math.ceil(measured.cores / cpu);
            return chosen(measured, ConcurrencyModel.THREADS, concurrency, "a mixed case: the tasks compute " + share);
        }
        String why = "the tasks wait: they compute " + share;
        return measured.kind.startsPrograms()
                ? chosen(measured, ConcurrencyModel.THREADS, MAX_PROGRAMS, why)
                : chosen(measured, waiting(measured), MAX_WAITING, why);
    }

    /** Returns the choice for a kind of work that needs no measurement, or empty for any other. */
    static Optional<ChosenModel> byRule(WorkKind kind) {
        if (!kind.waitsForServers()) {
            return Optional.empty();
        }
        String why = "a rule, because fetches wait for servers: one event loop runs all of them";
        return Optional.of(new ChosenModel(ConcurrencyModel.ASYNC.id(), MAX_WAITING, null, true, why));
    }

    private static ConcurrencyModel waiting(MeasuredTasks measured) {
        return measured.leavesLoopFree ? ConcurrencyModel.ASYNC : ConcurrencyModel.VIRTUAL;
    }

    private static ChosenModel chosen(MeasuredTasks measured, ConcurrencyModel model, int concurrency, String reason) {
        Double cpu = measured.cpu.isPresent() ? measured.cpu.getAsDouble() : null;
        return new ChosenModel(model.id(), concurrency, cpu, cpu != null && (computes(cpu) || waits(cpu)), reason);
    }

    /** Returns the model of the first tasks: the likeliest choice, so that often no change is needed. */
    static ConcurrencyModel first(WorkKind kind) {
        return kind.defaultModel();
    }

    /**
     * Returns the concurrency of the first tasks. For computing tasks, more than the number of processors does no harm.
     */
    static int firstConcurrency(WorkKind kind, int cores) {
        return kind.waitsForServers()
                ? MAX_WAITING
                : WorkKind.FETCH.defaultConcurrency(ConcurrencyModel.THREADS, cores);
    }
}
