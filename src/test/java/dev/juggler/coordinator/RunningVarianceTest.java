package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RunningVarianceTest {
    private static RunningVariance of(double... numbers) {
        RunningVariance spread = new RunningVariance();
        DoubleStream.of(numbers).forEach(spread::add);
        return spread;
    }

    @Test
    void itsMeanAndVarianceAreThoseOfTheSample() {
        RunningVariance spread = of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(8, spread.count());
        assertEquals(5, spread.mean(), 1e-12);
        assertEquals(32.0 / 7, spread.variance(0), 1e-12);
        assertEquals(34.0 / 7, spread.variance(2), 1e-12);
    }

    @Test
    void farFromZeroItIsAsExact() {
        assertEquals(1, of(1e9 + 1, 1e9 + 2, 1e9 + 3).variance(0), 1e-6);
    }

    @Test
    void fewerThanTwoNumbersDoNotVary() {
        assertEquals(0, of().mean());
        assertEquals(0, of().variance(1));
        assertEquals(0, of(3).variance(1));
    }
}
