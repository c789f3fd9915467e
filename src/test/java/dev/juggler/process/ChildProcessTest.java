package dev.juggler.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A child of its own that ends as it is told. */
class ChildProcessTest {
    /** What becomes of a child. */
    private static final class Fate implements ChildProcess.Listener {
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

        String why() throws Exception {
            return ended.get(60, TimeUnit.SECONDS);
        }
    }

    /** Ends at once. */
    public static final class Quitter {
        public static void main(String... none) {
            System.err.println("no room here");
            System.exit(7);
        }
    }

    /** Says that it is ready and ends when its orders do. */
    public static final class Listener {
        public static void main(String... none) throws Exception {
            System.out.println(ChildProcess.READY);
            System.in.readAllBytes();
        }
    }

    private final Fate fate = new Fate();

    @Test
    void oneThatEndsByItselfSaysWhy() throws Exception {
        ChildProcess.start("quitter", Quitter.class, false, fate);
        assertEquals("it exited with 7: no room here", fate.why());
        assertFalse(fate.ready.isDone());
    }

    @Test
    void whatIsSaidToOneThatHasEndedIsDropped() throws Exception {
        ChildProcess child = ChildProcess.start("quitter", Quitter.class, false, fate);
        fate.why();
        child.order(new byte[1]);
        child.say("drain");
        child.abandon();
        assertTrue(child.await(1));
    }

    @Test
    void itEndsWhenItsOrdersDo() throws Exception {
        ChildProcess child = ChildProcess.start("listener", Listener.class, false, fate);
        fate.ready.get(60, TimeUnit.SECONDS);
        child.end();
        assertEquals("it exited with 0", fate.why());
    }

    @Test
    void oneThatIsKilledSaysWhichSignalItWas() throws Exception {
        ChildProcess child = ChildProcess.start("listener", Listener.class, false, fate);
        fate.ready.get(60, TimeUnit.SECONDS);
        child.kill();
        assertEquals("signal 9 ended it", fate.why());
    }
}
