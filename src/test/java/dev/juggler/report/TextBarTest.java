package dev.juggler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextBarTest {

    @Test
    void isAccurateToAnEighthOfACharacter() {
        assertEquals("██████████", TextBar.of(1, 10, true));
        assertEquals("█████", TextBar.of(0.5, 10, true));
        assertEquals("█▌", TextBar.of(0.15, 10, true));
        assertEquals("", TextBar.of(0, 10, true));
    }

    @Test
    void showsEveryShareAboveZero() {
        assertEquals("▏", TextBar.of(0.000001, 10, true));
        assertEquals("#", TextBar.of(0.000001, 10, false));
    }
}
