package dev.juggler.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Starts real child JVMs, some of which break the protocol. */
@ResourceLock(Resources.SYSTEM_ERR)
class ChildProcessTest {
    /** Records the state of a child. */
    private static final class RecordingListener implements ChildProcess.Listener {
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<String> ended = new CompletableFuture<>();

        @Override
        public void ready() {
            ready.complete(null);
        }

        @Override
        public void ended(String why) {
            ended.complete(why);
        }

        void awaitReady() throws Exception {
            ready.get(60, TimeUnit.SECONDS);
        }

        String awaitEnd() throws Exception {
            return ended.get(60, TimeUnit.SECONDS);
        }
    }

    /** Exits at once. */
    public static final class ExitingChild {
        public static void main(String... none) {
            System.err.println("no space here");
            System.exit(7);
        }
    }

    /** Follows the protocol: its replies contain the assignment, its messages name a misbehaviour. */
    public static final class ServingChild {
        public static void main(String... none) {
            ParentLink.serve(ServingChild::start);
        }

        private static ChildService start(byte[] assignment, ParentLink parent) {
            String name = new String(assignment, StandardCharsets.UTF_8);
            parent.ready();
            return new ChildService() {
                @Override
                public void receive(String message) {
                    switch (message) {
                        case "print" -> {
                            System.out.println("a line on System.out");
                            parent.reply("printed");
                        }
                        case "halt" -> Runtime.getRuntime().halt(3);
                        case "reply twice" -> {
                            parent.reply("first");
                            parent.reply("second");
                        }
                        default -> parent.reply(name + " got " + message);
                    }
                }

                @Override
                public void end() {
                    writeMark(name);
                }
            };
        }

        private static void writeMark(String name) {
            if (name.startsWith("/")) {
                try {
                    Files.writeString(Path.of(name), "released");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Rejects its assignment by an exception. */
    public static final class ThrowingChild {
        public static void main(String... none) {
            ParentLink.serve((assignment, parent) -> {
                throw new IllegalArgumentException("no such function: größe\nsecond line");
            });
        }
    }

    /** Reports after a while that it cannot start. */
    public static final class FailingChild {
        public static void main(String... none) {
            ParentLink.serve((assignment, parent) -> {
                parent.fail("the cluster cannot be joined");
                throw new AssertionError("fail has returned");
            });
        }
    }

    /** Never answers its assignment. */
    public static final class SilentChild {
        public static void main(String... none) throws Exception {
            System.in.readAllBytes();
        }
    }

    /** Writes to stdout without a {@link ParentLink}, at last a marked line that the protocol does not define. */
    public static final class RawChild {
        public static void main(String... none) throws Exception {
            System.out.println("an unmarked line, such as ready");
            System.out.println("ready");
            System.out.println(ChildProtocol.MARK + "steady");
            System.in.readAllBytes();
        }
    }

    /** Becomes ready after the timeout of its parent. */
    public static final class LateChild {
        public static void main(String... none) throws Exception {
            Thread.sleep(30_000);
            System.out.println(ChildProtocol.MARK + "ready");
        }
    }

    @TempDir
    private Path folder;

    private final RecordingListener listener = new RecordingListener();
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @AfterEach
    void restoreStderr() {
        System.setErr(stderr);
    }

    private void captureStderr() {
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    }

    private ChildProcess start(Class<?> main) throws Exception {
        return ChildProcess.start("child", main, false, listener);
    }

    private ChildProcess startServing(String assignment) throws Exception {
        ChildProcess child = start(ServingChild.class);
        child.assign(assignment.getBytes(StandardCharsets.UTF_8));
        return child;
    }

    private static String get(CompletableFuture<String> reply) throws Exception {
        return reply.get(60, TimeUnit.SECONDS);
    }

    private static String failure(CompletableFuture<String> reply) {
        return assertThrows(ExecutionException.class, () -> get(reply))
                .getCause()
                .getMessage();
    }

    @Test
    void aChildThatExitsReportsItsCodeAndLastLine() throws Exception {
        start(ExitingChild.class);
        assertEquals("it exited with 7: no space here", listener.awaitEnd());
        assertFalse(listener.ready.isDone());
    }

    @Test
    void messagesToAChildThatHasEndedAreDropped() throws Exception {
        ChildProcess child = start(ExitingChild.class);
        listener.awaitEnd();
        child.assign(new byte[1]);
        child.send("drain");
        CompletableFuture<String> reply = child.request("run");
        child.abandon();
        assertTrue(child.await(1));
        assertEquals("it exited with 7: no space here", failure(reply));
    }

    @Test
    void repliesComeInTheOrderOfTheRequests() throws Exception {
        ChildProcess child = startServing("größe");
        CompletableFuture<String> first = child.request("one");
        CompletableFuture<String> second = child.request("two\nlines");
        assertEquals("größe got one", get(first));
        assertEquals("größe got two lines", get(second));
        assertTrue(listener.ready.isDone());
        child.kill();
    }

    @Test
    void anEndOfStdinEndsTheChildAfterItsRelease() throws Exception {
        Path mark = folder.resolve("mark");
        ChildProcess child = startServing(mark.toString());
        listener.awaitReady();
        child.end();
        listener.awaitEnd();
        assertEquals("released", Files.readString(mark));
    }

    @Test
    void aKilledChildReportsTheSignal() throws Exception {
        ChildProcess child = startServing("a");
        listener.awaitReady();
        child.kill();
        assertEquals("signal 9 ended it", listener.awaitEnd());
    }

    @Test
    void aChildThatDiesFailsItsOpenRequests() throws Exception {
        ChildProcess child = startServing("a");
        CompletableFuture<String> reply = child.request("halt");
        CompletableFuture<String> next = child.request("one");
        assertEquals("it exited with 3", failure(reply));
        assertEquals("it exited with 3", failure(next));
    }

    @Test
    void aChildThatCannotStartReportsItsReason() throws Exception {
        ChildProcess child = start(ThrowingChild.class);
        child.assign(new byte[0]);
        assertEquals("it exited with 1: no such function: größe second line", listener.awaitEnd());
        assertFalse(listener.ready.isDone());
    }

    @Test
    void aChildThatFailsLaterReportsItsReason() throws Exception {
        ChildProcess child = start(FailingChild.class);
        child.assign(new byte[0]);
        assertEquals("it exited with 1: the cluster cannot be joined", listener.awaitEnd());
    }

    @Test
    void aChildWithoutAnAssignmentEndsWithStdin() throws Exception {
        ChildProcess child = start(ServingChild.class);
        child.end();
        assertEquals("it exited with 1", listener.awaitEnd());
    }

    @Test
    void aFirstMessageThatIsNoAssignmentIsRejected() throws Exception {
        ChildProcess child = start(ServingChild.class);
        child.send("run");
        assertEquals("it exited with 1: the first line on stdin is not an assignment", listener.awaitEnd());
    }

    @Test
    void aChildThatNeverAnswersIsKilled() throws Exception {
        ChildProcess child = start(SilentChild.class);
        child.assign(new byte[0], Duration.ofSeconds(1));
        assertEquals("it was not ready within 1 s", listener.awaitEnd());
    }

    @Test
    void aChildThatAnswersLateIsKilled() throws Exception {
        ChildProcess child = start(LateChild.class);
        child.assign(new byte[0], Duration.ofSeconds(2));
        assertEquals("it was not ready within 2 s", listener.awaitEnd());
        assertFalse(listener.ready.isDone());
    }

    @Test
    void aChildThatAnswersInTimeLivesOn() throws Exception {
        ChildProcess child = start(ServingChild.class);
        child.assign("a".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(60));
        listener.awaitReady();
        assertFalse(child.await(1_500));
        child.kill();
    }

    @Test
    void anInvalidMessageKillsTheChildAndOtherLinesAreForwarded() throws Exception {
        captureStderr();
        start(RawChild.class);
        assertEquals(
                "it sent an invalid message: 'juggler steady'",
                listener.awaitEnd().replace("\u0001", ""));
        assertFalse(listener.ready.isDone());
        String text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("child: an unmarked line, such as ready\nchild: ready\n"), text);
    }

    @Test
    void aReplyWithoutARequestKillsTheChild() throws Exception {
        ChildProcess child = startServing("a");
        assertEquals("first", get(child.request("reply twice")));
        assertEquals("it sent a reply without a request: 'second'", listener.awaitEnd());
    }

    @Test
    void whatAChildPrintsIsForwardedToStderr() throws Exception {
        captureStderr();
        ChildProcess child = startServing("a");
        assertEquals("printed", get(child.request("print")));
        child.end();
        listener.awaitEnd();
        String text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("child: a line on System.out\n"), text);
    }

    /** Starts a child of its own, prints the child's process id and waits to be killed. */
    public static final class ParentMain {
        public static void main(String... mark) throws Exception {
            RecordingListener listener = new RecordingListener();
            ChildProcess child = ChildProcess.start("grandchild", ServingChild.class, false, listener);
            child.assign(mark[0].getBytes(StandardCharsets.UTF_8));
            listener.awaitReady();
            System.out.println(child.pid());
            Thread.sleep(600_000);
        }
    }

    @Test
    void aChildReleasesEverythingAndEndsWhenItsParentIsKilled() throws Exception {
        Path mark = folder.resolve("mark");
        ProcessBuilder command = new ProcessBuilder(JvmCommand.command(ParentMain.class, false));
        command.command().add(mark.toString());
        Process parent = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var lines = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            parent.destroyForcibly();
            child.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
        assertEquals("released", Files.readString(mark));
    }
}
