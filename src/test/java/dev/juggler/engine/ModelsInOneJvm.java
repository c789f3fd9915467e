package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs a test under every model whose workers are in the JVM of the test. {@link FakeWork} keeps its script and
 * counters in memory, which other processes cannot see. {@code ProcessesTest} tests processes in the same scenarios
 * with real functions.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnumSource(value = ConcurrencyModel.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
@interface ModelsInOneJvm {}
