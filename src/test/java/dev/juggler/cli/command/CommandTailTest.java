package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTailTest {
    @Test
    void cutsAtTheFirstDashesAndLeavesTheRestAlone() {
        CommandTail tail = CommandTail.split(new String[] {"exec", "-n", "2", "a", "--", "git", "--", "-x"});

        assertEquals(List.of("exec", "-n", "2", "a"), List.of(tail.own()));
        assertEquals(List.of("git", "--", "-x"), tail.command());
    }

    @Test
    void aCommandThatRunsNoOtherKeepsItsDashes() {
        CommandTail tail = CommandTail.split(new String[] {"fetch", "--", "-x"});

        assertEquals(List.of("fetch", "--", "-x"), List.of(tail.own()));
        assertNull(tail.command());
    }

    @Test
    void nothingBehindTheDashesIsAnEmptyCommand() {
        assertEquals(
                List.of(), CommandTail.split(new String[] {"exec", "1", "--"}).command());
        assertNull(CommandTail.split(new String[] {"exec", "1"}).command());
        assertNull(CommandTail.split(new String[] {}).command());
    }
}
