package dev.juggler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void isAsLongAsItsShareToAnEighthOfACharacter() {
        assertEquals("██████████", Bar.of(1, 10, true));
        assertEquals("█████", Bar.of(0.5, 10, true));
        assertEquals("█▌", Bar.of(0.15, 10, true));
        assertEquals("", Bar.of(0, 10, true));
    }

    @Test
    void showsWhateverIsAboveZero() {
        assertEquals("▏", Bar.of(0.000001, 10, true));
        assertEquals("#", Bar.of(0.000001, 10, false));
    }
}
