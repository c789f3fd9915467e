package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RunningVarianceTest {
    private static RunningVariance of(double... numbers) {
        RunningVariance variance = new RunningVariance();
        DoubleStream.of(numbers).forEach(variance::add);
        return variance;
    }

    @Test
    void computesMeanAndVarianceOfASample() {
        RunningVariance variance = of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(8, variance.count());
        assertEquals(5, variance.mean(), 1e-12);
        assertEquals(32.0 / 7, variance.variance(0), 1e-12);
        assertEquals(34.0 / 7, variance.variance(2), 1e-12);
    }

    @Test
    void isExactFarFromZero() {
        assertEquals(1, of(1e9 + 1, 1e9 + 2, 1e9 + 3).variance(0), 1e-6);
    }

    @Test
    void varianceOfFewerThanTwoNumbersIsZero() {
        assertEquals(0, of().mean());
        assertEquals(0, of().variance(1));
        assertEquals(0, of(3).variance(1));
    }
}
