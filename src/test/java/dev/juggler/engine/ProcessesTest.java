package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.ProcessModel;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.report.RunReport;
import dev.juggler.work.compute.ComputeWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real child JVMs with a real function, which writes a ledger outside Juggler: one line for each start of a task. The
 * tests compare the report with the ledger.
 */
class ProcessesTest {
    @TempDir
    private Path folder;

    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Returns a function that writes "pid task" to the ledger and then runs {@code body} with {@code long x}. */
    private ComputeSpec function(String body) throws IOException {
        Path file = folder.resolve("Task.java");
        Files.writeString(file, """
            import java.nio.file.*;
            import java.util.function.BooleanSupplier;

            public class Task {
                static final Path FOLDER = Path.of("%s");

                static boolean first(String mark) throws Exception {
                    try {
                        Files.createFile(FOLDER.resolve(mark));
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                }

                static void awaitThat(BooleanSupplier condition) throws Exception {
                    while (!condition.getAsBoolean()) {
                        Thread.sleep(5);
                    }
                }

                static void awaitFile(String mark) throws Exception {
                    awaitThat(() -> Files.exists(FOLDER.resolve(mark)));
                }

                public static long apply(long x) throws Exception {
                    Files.writeString(FOLDER.resolve("ledger"), ProcessHandle.current().pid() + " " + x + "\\n",
                            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    %s
                }
            }
            """.formatted(folder, body));
        return ComputeWork.spec(file.toString(), List.of());
    }

    private List<String[]> ledger() throws IOException {
        Path file = folder.resolve("ledger");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(line -> line.split(" ")).toList()
                : List.of();
    }

    /** Returns the number of starts of each task. */
    private Map<Long, Long> begun() throws IOException {
        Map<Long, Long> times = new TreeMap<>();
        ledger().forEach(line -> times.merge(Long.valueOf(line[1]), 1L, Long::sum));
        return times;
    }

    private static JobPlan plan(ComputeSpec spec) {
        return JobPlan.under(ConcurrencyModel.PROCESSES).doing(spec);
    }

    private JobRun start(JobPlan plan, long tasks) {
        return start(plan, ProcessModel.SEQUENTIAL, tasks);
    }

    private JobRun start(JobPlan plan, ProcessModel inner, long tasks) {
        Job job = plan.job();
        Job whole = job.toBuilder().perProcess(inner).build();
        return fixture.builder(whole, EngineFixture.numbers(tasks), ComputeWork.prepare((ComputeSpec) job.work()))
                .start();
    }

    private List<Object> values() {
        return fixture.outcomes().stream()
                .filter(Outcome::succeeded)
                .map(outcome -> ((Value.Computed) outcome.result().value()).json())
                .toList();
    }

    private void mark(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("ChildMain"));
    }

    @Test
    void tasksAreDoneInSeveralProcessesInOrderAndNoneIsLeft() throws Exception {
        // No task ends before each process has one, however much earlier one process starts than the other.
        ComputeSpec spec = function("""
            first("process-" + ProcessHandle.current().pid());
            awaitThat(() -> FOLDER.toFile().list((folder, name) -> name.startsWith("process-")).length == 2);
            return x * x;
            """);
        RunReport report = fixture.ended(start(plan(spec).ordered(), 60));
        assertEquals(new TaskCounts(60, 60, 0, 0, 0, 0, 60), report.counts());
        assertEquals(
                LongStream.rangeClosed(1, 60).mapToObj(x -> (Object) (x * x)).toList(), values());
        assertEquals(60, ledger().size());
        assertEquals(2, ledger().stream().map(line -> line[0]).distinct().count());
        assertEquals(0, children().count());
    }

    @Test
    void aDeadProcessIsReplacedAndItsTasksRunAgain() throws Exception {
        ComputeSpec spec = function("""
            if (x == 5 && first("killed")) {
                Runtime.getRuntime().halt(137);
            }
            return x;
            """);
        RunReport report = fixture.ended(start(plan(spec).chunks(1), 40));
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(40, report.counts().succeeded());
        List<Outcome> lost = fixture.outcomes().stream()
                .filter(outcome -> !outcome.succeeded())
                .toList();
        assertTrue(lost.stream().allMatch(outcome -> outcome.result().error().isWorkerLost()));
        assertEquals(40 + lost.size(), report.counts().attempts());
        // Short tasks are sent ahead of the replies: any task that the process had may have killed it.
        assertTrue(lost.stream().anyMatch(outcome -> outcome.task().index() + 1 == 5), () -> "lost " + lost);
        assertEquals(1, lost.stream().map(Outcome::worker).distinct().count(), () -> "lost " + lost);
        assertTrue(begun().get(5L) >= 2, "the task that died was not begun again");
        assertEquals(40, begun().size());
        assertTrue(ledger().size() <= 40 + lost.size(), "a task ran again that is not in the report");
    }

    @Test
    void aTaskThatKillsItsWorkerThreeTimesIsSetAsideAndTheOthersAreDone() throws Exception {
        ComputeSpec spec = function("if (x == 3) { Runtime.getRuntime().halt(9); } return x;");
        RunReport report = fixture.ended(start(plan(spec), 20));
        assertEquals(EndReason.COMPLETED, report.ending());
        assertEquals(19, report.counts().succeeded());
        assertEquals(1, report.counts().failed());
        Outcome poison = fixture.outcomes().stream()
                .filter(outcome -> outcome.state() == OutcomeState.FAILED
                        && outcome.result().error().type().equals("poison"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, poison.task().index());
        assertEquals(3, begun().get(3L));
    }

    @Test
    void aProcessThatIsStoppedForLongLosesItsTasksAndWhatItBringsLateDoesNotCount() throws Exception {
        ComputeSpec spec = function("""
            if (x == 1 && first("stopped")) {
                new ProcessBuilder("kill", "-STOP", "" + ProcessHandle.current().pid()).start().waitFor();
                awaitFile("begun again");
            } else if (x == 1) {
                Files.createFile(FOLDER.resolve("begun again"));
            } else if (x == 2) {
                awaitFile("begun again");
            }
            return x;
            """);
        RunReport report = fixture.ended(start(plan(spec).chunks(1), 20));
        assertEquals(20, report.counts().succeeded());
        assertEquals(2, begun().get(1L));
        assertEquals(1, begun().get(2L), "a long task was begun twice");
        assertEquals(20, values().size());
        assertTrue(fixture.outcomes().stream()
                .anyMatch(outcome -> !outcome.succeeded()
                        && outcome.result().error().message().contains("not heard of")));
    }

    @Test
    void aTaskThatNeverEndsTimesOutAndItsThreadDoesNotStayBehind() throws Exception {
        ComputeSpec spec = function("while (x == 4) { Thread.onSpinWait(); } return x;");
        RunReport report = fixture.ended(start(plan(spec).chunks(1).timeout(2_000), 12));
        assertEquals(new TaskCounts(12, 11, 0, 1, 0, 0, 12), report.counts());
        assertEquals(0, children().count());
    }

    @Test
    void drainingLetsTheTasksInFlightEnd() throws Exception {
        ComputeSpec spec = function("awaitFile(\"go\"); return x;");
        JobRun run = start(plan(spec).chunks(1), 100);
        Waiting.until("both have begun", () -> count() == 2);
        run.drain();
        mark("go");
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertEquals(2, report.counts().succeeded());
        assertEquals(2, ledger().size());
    }

    @Test
    void cancellingEndsTheTasksInFlight() throws Exception {
        ComputeSpec spec = function("awaitFile(\"never\"); return x;");
        JobRun run = start(plan(spec).chunks(1), 100);
        Waiting.until("both have begun", () -> count() == 2);
        run.cancel();
        RunReport report = fixture.ended(run);
        assertEquals(EndReason.INTERRUPTED, report.ending());
        assertTrue(report.counts().cancelled() >= 2);
        assertEquals(0, children().count());
    }

    @Test
    void anInnerModelDoesSeveralTasksOfAProcessAtATime() throws Exception {
        ComputeSpec spec = function("""
            Files.createFile(FOLDER.resolve("at-" + x));
            for (int i = 1; i <= 6; i++) {
                awaitFile("at-" + i);
            }
            return x;
            """);
        RunReport report = fixture.ended(start(plan(spec).chunks(1), ProcessModel.parse("threads:3"), 6));
        assertEquals(6, report.counts().succeeded());
        assertTrue(
                fixture.outcomes().stream().anyMatch(outcome -> outcome.worker().equals("processes-0.threads-2")));
    }

    @Test
    void anInnerModelOnAnEventLoopThatComputesForLongIsNotTakenForDead() throws Exception {
        ComputeSpec spec = function("""
            long end = System.nanoTime() + (x == 1 ? 13_000_000_000L : 0);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return x;
            """);
        RunReport report = fixture.ended(start(plan(spec).chunks(1), ProcessModel.parse("async:2"), 8));
        assertEquals(8, report.counts().succeeded());
        assertEquals(1, begun().get(1L));
    }

    @Test
    void aWorkThatCannotBePreparedThereFailsTheRunWithItsReason() throws Exception {
        ComputeSpec spec = new ComputeSpec("no-such-function", Optional.empty(), List.of());
        ComputeSpec other = function("return x;");
        JobRun run = fixture.start(plan(spec), EngineFixture.numbers(3), ComputeWork.prepare(other));
        ExecutionException failed = assertThrows(ExecutionException.class, () -> fixture.ended(run));
        assertTrue(failed.getMessage().contains("no-such-function"), failed::getMessage);
        assertFalse(children().findAny().isPresent());
    }

    private int count() {
        try {
            return ledger().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
