package dev.juggler.engine;

import dev.juggler.coordinator.ResumedSource;
import dev.juggler.job.Job;
import dev.juggler.journal.CompletedTasks;
import dev.juggler.journal.Journal;
import dev.juggler.model.WorkerPoolFactory;
import dev.juggler.report.ChosenModel;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Configures and starts one run of a job. Inputs and work are required; everything else has a default. A builder starts
 * one run and is confined to one thread.
 */
public final class RunBuilder {
    private final Vertx vertx;
    private final Job job;
    private Optional<Source> source = Optional.empty();
    private Optional<WorkProvider> work = Optional.empty();
    private OutcomeHandler results = OutcomeHandler.NONE;
    private Optional<Journal> journal = Optional.empty();
    private WorkerPoolFactory workers = new ModelWorkerPoolFactory();
    private Optional<ChoiceRequest> choice = Optional.empty();

    private record ChoiceRequest(boolean keepsConcurrency, Consumer<ChosenModel> onChosen) {}

    RunBuilder(Vertx vertx, Job job) {
        this.vertx = vertx;
        this.job = Objects.requireNonNull(job, "job");
    }

    /** Sets the job's inputs. The run reads them on demand, on its own thread, and closes them at its end. */
    public RunBuilder inputs(Source inputs) {
        this.source = Optional.of(inputs);
        return this;
    }

    /** Sets the work that executes each task. The run closes it at its end. */
    public RunBuilder work(WorkProvider provider) {
        this.work = Optional.of(provider);
        return this;
    }

    /** Sets the handler of outcomes. Without one they are only counted. */
    public RunBuilder results(OutcomeHandler handler) {
        this.results = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /**
     * Sets the journal, which records outcomes before the handler receives them. Tasks that it records as succeeded are
     * skipped. The run closes it at its end.
     */
    public RunBuilder journal(Journal file) {
        this.journal = Optional.of(file);
        return this;
    }

    /**
     * Lets the run choose its model and concurrency: it runs the first tasks under the job's model (see
     * {@link Engine#firstModel}), measures them, and runs the others under the model that suits them. A run that ends
     * earlier chooses nothing.
     *
     * @param onChosen receives the choice, on a thread that may block; when a rule decides, before {@link #start}
     *     returns
     */
    public RunBuilder chooseModel(Consumer<ChosenModel> onChosen) {
        this.choice = Optional.of(new ChoiceRequest(false, onChosen));
        return this;
    }

    /** Lets the run choose its model as {@link #chooseModel} does, but keep the job's concurrency. */
    public RunBuilder chooseModelOnly(Consumer<ChosenModel> onChosen) {
        this.choice = Optional.of(new ChoiceRequest(true, onChosen));
        return this;
    }

    /**
     * Sets the factory of the run's workers. By default they run in this JVM or its child processes, depending on the
     * model.
     */
    public RunBuilder workers(WorkerPoolFactory factory) {
        this.workers = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * Starts the run.
     *
     * @throws IllegalStateException when it has no inputs or no work
     */
    public JobRun start() {
        Source inputs = source.orElseThrow(() -> new IllegalStateException("a run needs inputs"));
        WorkProvider provider = work.orElseThrow(() -> new IllegalStateException("a run needs work"));
        ResumedSource remaining =
                new ResumedSource(inputs, journal.map(Journal::completed).orElseGet(CompletedTasks::new));
        Optional<ModelChooser> chooser =
                choice.map(request -> new ModelChooser(job, provider, request.keepsConcurrency, request.onChosen));
        OutcomeHandler handler = chooser.map(one -> one.counting(results)).orElse(results);
        Job first = chooser.map(ModelChooser::firstJob).orElse(job);
        OutcomePipeline pipeline = new OutcomePipeline(vertx, job.id(), journal, handler);
        EngineRun run = new EngineRun(vertx, first, remaining, provider, pipeline, workers, chooser);
        run.start();
        return run;
    }
}
