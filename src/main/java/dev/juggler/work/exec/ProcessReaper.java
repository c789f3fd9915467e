package dev.juggler.work.exec;

import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits for programs to exit, on one thread and by a process file descriptor for each, and takes their exit status. It
 * asks for the programs it was given and no others, so it takes nothing from the JDK, which waits for its own.
 */
final class ProcessReaper {
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int READABLE = 1;

    /**
     * Tells of each exit once. Closing the descriptor would not do: a program that is just being started has a copy of
     * it until it runs, and so long the kernel would tell of it again.
     */
    private static final int ONCE = 1 << 30;

    /**
     * How long it waits for the next program when there is none. Then it waits in Java: a JVM that exits gives each
     * thread inside the kernel 300 ms to come back.
     */
    private static final int LINGER_MILLIS = 2;

    private static final int KILL = 9;
    private static final int AT_A_TIME = 64;

    /** The kernel packs its event on x86-64: four bytes of flags, then eight of ours without a gap. */
    private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

    private static final int EVENT_BYTES = DATA_OFFSET + Long.BYTES;

    private final int epoll;
    private final Map<Integer, WatchedProcess> watched = new ConcurrentHashMap<>();

    /** Null as long as exits can be seen. */
    private volatile Throwable broken;

    private record WatchedProcess(int pid, CompletableFuture<Integer> exit) {}

    private ProcessReaper(int epoll) {
        this.epoll = epoll;
    }

    static ProcessReaper start() throws IOException {
        ProcessReaper reaper = new ProcessReaper(Libc.EPOLL_CREATE1.call(CLOEXEC));
        Thread.ofPlatform().daemon().name("exec-reaper").start(reaper::run);
        return reaper;
    }

    /**
     * The future of the exit status, 128 + n for signal n. It completes on the reaper's thread, and fails when the exit
     * cannot be seen.
     *
     * @throws Libc.Failure when there is no file descriptor left; then the program has been ended
     */
    CompletableFuture<Integer> watch(int pid) throws Libc.Failure {
        try {
            int pidfd = PosixSpawnStarter.openPidfd(pid);
            CompletableFuture<Integer> exit = new CompletableFuture<>();
            watched.put(pidfd, new WatchedProcess(pid, exit));
            add(pidfd);
            wake();
            Throwable failure = broken;
            if (failure != null) {
                failAll(failure);
            }
            return exit;
        } catch (Libc.Failure e) {
            Libc.KILL.call(-pid, KILL);
            exitStatus(pid);
            throw e;
        }
    }

    private void add(int pidfd) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory.Block event = new NativeMemory(arena).block(EVENT_BYTES);
            event.bytes().putInt(0, READABLE | ONCE).putLong(DATA_OFFSET, pidfd);
            Libc.EPOLL_CTL.call(epoll, ADD, pidfd, event.address());
        } catch (Libc.Failure e) {
            watched.remove(pidfd);
            Libc.CLOSE.call(pidfd);
            throw e;
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Whatever ends this thread, nobody may wait for it in vain. */
    private void run() {
        try {
            reapForever();
        } catch (RuntimeException | Error failure) {
            broken = failure;
            failAll(failure);
            throw failure;
        }
    }

    private void failAll(Throwable failure) {
        for (Integer pidfd : List.copyOf(watched.keySet())) {
            WatchedProcess one = watched.remove(pidfd);
            if (one != null) {
                one.exit.completeExceptionally(failure);
            }
        }
    }

    private void reapForever() {
        NativeMemory.Block events = new NativeMemory(Arena.global()).block(EVENT_BYTES * AT_A_TIME);
        while (true) {
            int count = await(events.address(), watched.isEmpty() ? LINGER_MILLIS : -1);
            for (int i = 0; i < count; i++) {
                reap((int) events.bytes().getLong(EVENT_BYTES * i + DATA_OFFSET));
            }
            if (count == 0) {
                awaitPrograms();
            }
        }
    }

    private synchronized void awaitPrograms() {
        while (watched.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the reaper", e);
            }
        }
    }

    private int await(long events, int millis) {
        try {
            return Libc.EPOLL_WAIT.call(epoll, events, AT_A_TIME, millis);
        } catch (Libc.Failure e) {
            if (e.error() == Libc.EINTR) {
                return 0;
            }
            throw new IllegalStateException("no exit of a program can be seen any more", e);
        }
    }

    private void reap(int pidfd) {
        WatchedProcess one = watched.remove(pidfd);
        try {
            one.exit.complete(takeStatus(one.pid, pidfd));
        } catch (Libc.Failure | RuntimeException | Error e) {
            one.exit.completeExceptionally(e);
        }
    }

    private static int takeStatus(int pid, int pidfd) throws Libc.Failure {
        try {
            return exitStatus(pid);
        } finally {
            Libc.CLOSE.call(pidfd);
        }
    }

    /** Waits for the program and takes its exit status. */
    private static int exitStatus(int pid) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory.Int status = new NativeMemory(arena).allocateInt();
            Libc.WAITPID.call(pid, status.address(), 0);
            int signal = status.get() & 0x7f;
            return signal == 0 ? status.get() >> 8 & 0xff : 128 + signal;
        }
    }
}
