package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.WorkKind;
import dev.juggler.report.ChosenModel;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model suits tasks that compute for this part of their time: the rule of thumb "asyncio or threads for waiting,
 * processes for computing", as it is where threads compute in parallel.
 */
final class ModelSelector {
    /** From this part on, tasks compute. */
    private static final double COMPUTES = 0.6;
    /** Up to this part, they wait. */
    private static final double WAITS = 0.2;
    /** Programs that wait cost memory and a process each. */
    private static final int MOST_PROGRAMS = 64;
    /** Tasks of this JVM that wait cost little. */
    private static final int MOST_WAITING = 256;

    private ModelSelector() {}

    /**
     * What is known of the tasks.
     *
     * @param kind compute or exec
     * @param leavesLoopFree whether on an event loop they wait without blocking it
     * @param cpu the part of their time in which they computed, or would have if a processor had been free; empty when
     *     that is not known
     * @param cores the processors of this machine
     */
    record MeasuredTasks(WorkKind kind, boolean leavesLoopFree, OptionalDouble cpu, int cores) {}

    /** Returns whether tasks that compute for this part of their time are said to compute. */
    static boolean computes(double cpu) {
        return cpu >= COMPUTES;
    }

    /** Returns whether they are said to wait. What does neither is a mixed case. */
    static boolean waits(double cpu) {
        return cpu <= WAITS;
    }

    /** The choice, by measure alone. */
    static ChosenModel of(MeasuredTasks measured) {
        if (measured.cpu.isEmpty()) {
            int many = firstConcurrency(measured.kind, measured.cores);
            String why = "this system does not tell how much the tasks compute";
            return chosen(measured, first(measured.kind), many, why);
        }
        double cpu = measured.cpu.getAsDouble();
        String part = String.format(Locale.ROOT, "%.0f %% of their time", 100 * cpu);
        if (computes(cpu)) {
            return chosen(measured, ConcurrencyModel.THREADS, measured.cores, "the tasks compute, " + part);
        }
        if (!waits(cpu)) {
            int many = (int) Math.ceil(measured.cores / cpu);
            return chosen(measured, ConcurrencyModel.THREADS, many, "a mixed case: the tasks compute " + part);
        }
        String why = "the tasks wait: they compute " + part;
        return measured.kind.startsPrograms()
                ? chosen(measured, ConcurrencyModel.THREADS, MOST_PROGRAMS, why)
                : chosen(measured, waiting(measured), MOST_WAITING, why);
    }

    /** The choice where nothing has to be measured; empty where it has. */
    static Optional<ChosenModel> byRule(WorkKind kind) {
        if (!kind.waitsForServers()) {
            return Optional.empty();
        }
        String why = "a rule, since fetches wait for servers: one event loop does them all";
        return Optional.of(new ChosenModel(ConcurrencyModel.ASYNC.id(), MOST_WAITING, null, true, why));
    }

    private static ConcurrencyModel waiting(MeasuredTasks measured) {
        return measured.leavesLoopFree ? ConcurrencyModel.ASYNC : ConcurrencyModel.VIRTUAL;
    }

    private static ChosenModel chosen(MeasuredTasks measured, ConcurrencyModel model, int many, String reason) {
        Double cpu = measured.cpu.isPresent() ? measured.cpu.getAsDouble() : null;
        return new ChosenModel(model.id(), many, cpu, cpu != null && (computes(cpu) || waits(cpu)), reason);
    }

    /** The model that the first tasks run under: the likeliest one, so that nothing is lost where it stays. */
    static ConcurrencyModel first(WorkKind kind) {
        return kind.defaultModel();
    }

    /** How many at a time the first tasks run: of those that compute, more than there are processors do no harm. */
    static int firstConcurrency(WorkKind kind, int cores) {
        return kind.waitsForServers()
                ? MOST_WAITING
                : WorkKind.FETCH.defaultConcurrency(ConcurrencyModel.THREADS, cores);
    }
}
