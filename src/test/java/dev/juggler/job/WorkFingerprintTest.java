package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkFingerprintTest {

    @Test
    void isTheSameForTheSameWorkAndOneLineOfHexadecimal() {
        String print = WorkFingerprint.of(exec("echo", "{}"));
        assertEquals(print, WorkFingerprint.of(exec("echo", "{}")));
        assertTrue(print.matches("sha256:[0-9a-f]{64}"), print);
    }

    @Test
    void differsWithEveryField() {
        assertNotEquals(WorkFingerprint.of(exec("echo")), WorkFingerprint.of(exec("cat")));
        assertNotEquals(WorkFingerprint.of(exec("echo")), WorkFingerprint.of(new ExecSpec(List.of("echo"), true, 10)));
        assertNotEquals(WorkFingerprint.of(exec("echo")), WorkFingerprint.of(new ExecSpec(List.of("echo"), false, 11)));
        assertNotEquals(compute("f", null), compute("g", null));
        assertNotEquals(compute("f", null), compute("f", "text"));
        assertNotEquals(compute("f", null), compute("f", ""));
    }

    @Test
    void ofAFetchDiffersWithWhatIsFetchedAndNotWithItsBounds() {
        String print = WorkFingerprint.of(FetchSpec.READ);
        assertEquals(print, WorkFingerprint.of(FetchSpec.READ.with(new FetchSpec.FetchLimits(1, 2))));
        assertEquals(print, WorkFingerprint.of(FetchSpec.READ.with(new FetchSpec.Saving(Optional.empty(), true))));
        assertNotEquals(print, WorkFingerprint.of(FetchSpec.READ.with(new FetchSpec.Saving(Optional.of("x"), false))));
        assertNotEquals(
                print,
                WorkFingerprint.of(FetchSpec.READ.with(new FetchSpec.Request("HEAD", List.of(), Optional.empty()))));
    }

    @Test
    void distinguishesCommasAndBrackets() {
        assertNotEquals(WorkFingerprint.of(exec("echo", "a, b")), WorkFingerprint.of(exec("echo", "a", "b")));
        assertNotEquals(WorkFingerprint.of(exec("echo", "")), WorkFingerprint.of(exec("echo")));
        assertNotEquals(compute("f, source=Optional[x]", null), compute("f", "x"));
    }

    private static ExecSpec exec(String... command) {
        return new ExecSpec(List.of(command), false, 10);
    }

    private static String compute(String function, String source) {
        return WorkFingerprint.of(new ComputeSpec(function, Optional.ofNullable(source), List.of()));
    }
}
