package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.report.ChosenModel;
import dev.juggler.work.WorkProvider;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Chooses the model of one run, by a rule before it starts or by measuring its first tasks, and keeps the choice for
 * the report. {@link ModelSelector} has the criteria.
 */
final class ModelChooser {
    private final Job job;
    private final WorkProvider work;
    private final boolean keepsConcurrency;
    private final Consumer<ChosenModel> onChosen;
    private final Optional<ChosenModel> rule;
    private final LongAdder ended = new LongAdder();
    private volatile Optional<ChosenModel> adopted;

    /**
     * Makes a chooser, which has already chosen if a rule applies.
     *
     * @param job the job with the initial model and concurrency
     * @param keepsConcurrency whether the job's concurrency also applies to the chosen model, instead of a chosen one
     * @param onChosen receives the choice, on a thread that may block
     */
    ModelChooser(Job job, WorkProvider work, boolean keepsConcurrency, Consumer<ChosenModel> onChosen) {
        this.job = job;
        this.work = work;
        this.keepsConcurrency = keepsConcurrency;
        this.onChosen = onChosen;
        this.rule = ModelSelector.byRule(job.work().kind()).map(this::bounded);
        this.adopted = rule;
        rule.ifPresent(onChosen);
    }

    private ChosenModel bounded(ChosenModel choice) {
        return keepsConcurrency ? choice.with(job.concurrency()) : choice;
    }

    /** Returns the job to start with: under the model of the rule, or otherwise unchanged. */
    Job firstJob() {
        return rule.map(choice -> job.under(ConcurrencyModel.ASYNC, choice.concurrency()))
                .orElse(job);
    }

    /** Returns whether the first tasks must be measured, because no rule has decided. */
    boolean isOpen() {
        return rule.isEmpty();
    }

    /** Returns a handler that counts ended tasks for the measurement and passes their outcomes on. */
    OutcomeHandler counting(OutcomeHandler results) {
        if (!isOpen()) {
            return results;
        }
        return outcomes -> {
            ended.add(outcomes.size());
            results.accept(outcomes);
        };
    }

    /**
     * Measures the first tasks and chooses. Blocks for at most two seconds of tasks.
     *
     * @return the choice, or empty when the run has ended meanwhile
     */
    Optional<ChosenModel> choose(ObservedRun run) throws InterruptedException {
        OptionalDouble cpu = new CpuShareSampler(job, run, ended::sum).share();
        if (run.hasEnded()) {
            return Optional.empty();
        }
        int cores = Runtime.getRuntime().availableProcessors();
        ChosenModel choice = bounded(ModelSelector.of(
                new ModelSelector.MeasuredTasks(job.work().kind(), work.leavesLoopFree(), cpu, cores)));
        onChosen.accept(choice);
        return Optional.of(choice);
    }

    /** Records that the run continues under a choice. */
    void adopt(ChosenModel choice) {
        adopted = Optional.of(choice);
    }

    /** Returns the choice for the report. Its reason says so when the run ended before a choice. */
    ChosenModel choice() {
        return adopted.orElseGet(() -> new ChosenModel(
                job.model().id(),
                job.concurrency(),
                null,
                false,
                "all tasks were done before there was a choice to make"));
    }
}
