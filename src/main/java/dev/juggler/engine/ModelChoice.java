package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.report.Chosen;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Which model suits tasks that compute for this part of their time: the rule of thumb "asyncio or threads for waiting,
 * processes for computing", as it is where threads compute in parallel.
 */
final class ModelChoice {
    /** From this part on, tasks compute. */
    private static final double COMPUTES = 0.6;
    /** Up to this part, they wait. */
    private static final double WAITS = 0.2;
    /** Programs that wait cost memory and a process each. */
    private static final int MOST_PROGRAMS = 64;

    private ModelChoice() {}

    /**
     * What is known of the tasks.
     *
     * @param kind fetch, compute or exec
     * @param leavesLoopFree whether on an event loop they wait without blocking it
     * @param cpu the part of their time in which they computed, or would have if a processor had been free; empty when
     *     that is not known
     * @param cores the processors of this machine
     */
    record Measured(String kind, boolean leavesLoopFree, OptionalDouble cpu, int cores) {}

    /** The choice, by measure alone. */
    static Chosen of(Measured measured) {
        if (measured.cpu.isEmpty()) {
            return chosen(
                    measured, first(measured.kind), 0, false, "this system does not tell how much the tasks compute");
        }
        double cpu = measured.cpu.getAsDouble();
        boolean computes = cpu >= COMPUTES;
        boolean waits = cpu <= WAITS;
        String part = String.format(Locale.ROOT, "%.0f %% of their time", 100 * cpu);
        if (measured.kind.equals("fetch")) {
            return chosen(measured, ConcurrencyModel.ASYNC, 0, !computes, "fetches wait for others, on one event loop");
        }
        if (computes) {
            return chosen(measured, ConcurrencyModel.THREADS, 0, true, "the tasks compute, " + part);
        }
        if (!waits) {
            int many = (int) Math.ceil(measured.cores / cpu);
            return chosen(measured, ConcurrencyModel.THREADS, many, false, "a mixed case: the tasks compute " + part);
        }
        String why = "the tasks wait: they compute " + part;
        return measured.kind.equals("exec")
                ? chosen(measured, ConcurrencyModel.THREADS, MOST_PROGRAMS, true, why)
                : chosen(
                        measured,
                        waiting(measured),
                        ConcurrencyModel.VIRTUAL.defaultConcurrency("compute", 1),
                        true,
                        why);
    }

    private static ConcurrencyModel waiting(Measured measured) {
        return measured.leavesLoopFree ? ConcurrencyModel.ASYNC : ConcurrencyModel.VIRTUAL;
    }

    /** With this many at a time, or 0 for what the model does by itself. */
    private static Chosen chosen(Measured measured, ConcurrencyModel model, int many, boolean clear, String reason) {
        int concurrency = many > 0 ? many : model.defaultConcurrency(measured.kind, measured.cores);
        return new Chosen(model.id(), concurrency, measured.cpu.orElse(0), clear, reason);
    }

    /** The model that the first tasks run under: the likeliest one, so that nothing is lost where it stays. */
    static ConcurrencyModel first(String kind) {
        return kind.equals("fetch") ? ConcurrencyModel.ASYNC : ConcurrencyModel.THREADS;
    }
}
