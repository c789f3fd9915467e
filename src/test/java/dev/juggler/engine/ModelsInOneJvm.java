package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every model whose workers are in the JVM of the test. {@link FakeWork} is a script and counters in memory, which no
 * other process sees; what processes do in the same scenarios, {@code ProcessesTest} tries with real functions.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnumSource(value = ConcurrencyModel.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
@interface ModelsInOneJvm {}
