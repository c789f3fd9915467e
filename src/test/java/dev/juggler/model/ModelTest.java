package dev.juggler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.job.ConcurrencyModel;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the number of workers, their credit and their threads under each model. */
class ModelTest {

    @ParameterizedTest
    @CsvSource({
        "SEQUENTIAL, 1, 1, 1, WORKER",
        "THREADS, 7, 7, 1, WORKER",
        "VIRTUAL, 7, 7, 1, VIRTUAL_THREAD",
        "ASYNC, 7, 1, 7, EVENT_LOOP"
    })
    void deploysVerticlesWithTheirCreditAndKindOfThread(
            ConcurrencyModel name, int concurrency, int workers, int credit, ThreadingModel threads) {
        Model model = Model.of(name);
        assertEquals(workers, model.workers(concurrency));
        assertEquals(credit, model.creditOfEach(concurrency));
        assertEquals(threads, model.deployment("pool").getThreadingModel());
    }

    @ParameterizedTest
    @EnumSource(value = ConcurrencyModel.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
    void allCreditsTogetherAreTheConcurrency(ConcurrencyModel name) {
        Model model = Model.of(name);
        int concurrency = name == ConcurrencyModel.SEQUENTIAL ? 1 : 64;
        assertEquals(concurrency, model.workers(concurrency) * model.creditOfEach(concurrency));
    }

    @Test
    void eachWorkerHasAPoolOfOneThread() {
        DeploymentOptions options = Model.of(ConcurrencyModel.THREADS).deployment("juggler-job-threads-3");
        assertEquals(1, options.getWorkerPoolSize());
        assertEquals("juggler-job-threads-3", options.getWorkerPoolName());
    }
}
