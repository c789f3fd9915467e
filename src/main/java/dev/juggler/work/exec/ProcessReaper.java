package dev.juggler.work.exec;

import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Waits on one thread for programs to exit, with a process file descriptor for each, and collects their exit statuses.
 * It waits for the watched programs only, so it does not interfere with the JDK, which waits for its own children.
 */
final class ProcessReaper {
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int READABLE = 1;

    /**
     * Makes epoll report each exit once. Closing the descriptor is not enough: a program that is just being started has
     * a copy of it until its {@code exec}, and the kernel would report the exit again for that long.
     */
    private static final int ONCE = 1 << 30;

    /**
     * The time that the thread waits in the kernel for the next program when there is none. After that it waits in
     * Java, because a JVM that exits gives each thread inside the kernel 300 ms to return.
     */
    private static final int LINGER_MILLIS = 2;

    private static final int KILL = 9;
    private static final int MAX_EVENTS = 64;

    /** The offset of our eight bytes after the four of the flags. The kernel packs its event on x86-64. */
    private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

    private static final int EVENT_BYTES = DATA_OFFSET + Long.BYTES;

    private final int epoll;
    private final Map<Integer, WatchedProcess> watched = new ConcurrentHashMap<>();

    /** The failure that ended the thread; null while exits are observed. */
    private volatile @Nullable Throwable broken;

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
     * Returns the future of the exit status, which is 128 + n for signal n. It completes on the reaper's thread, and
     * fails when the exit cannot be observed.
     *
     * @throws Libc.Failure when there are no file descriptors left; the program has then been ended
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

    /** Reaps until a failure ends the thread, which then fails all waiting futures. */
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
            WatchedProcess process = watched.remove(pidfd);
            if (process != null) {
                process.exit.completeExceptionally(failure);
            }
        }
    }

    private void reapForever() {
        NativeMemory.Block events = new NativeMemory(Arena.global()).block(EVENT_BYTES * MAX_EVENTS);
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
                throw new IllegalStateException("the reaper thread is never interrupted", e);
            }
        }
    }

    private int await(long events, int millis) {
        try {
            return Libc.EPOLL_WAIT.call(epoll, events, MAX_EVENTS, millis);
        } catch (Libc.Failure e) {
            if (e.error() == Libc.EINTR) {
                return 0;
            }
            throw new IllegalStateException("cannot observe exits of programs any more", e);
        }
    }

    private void reap(int pidfd) {
        WatchedProcess process = watched.remove(pidfd);
        try {
            process.exit.complete(takeStatus(process.pid, pidfd));
        } catch (Libc.Failure | RuntimeException | Error e) {
            process.exit.completeExceptionally(e);
        }
    }

    private static int takeStatus(int pid, int pidfd) throws Libc.Failure {
        try {
            return exitStatus(pid);
        } finally {
            Libc.CLOSE.call(pidfd);
        }
    }

    /** Waits for a program and returns its exit status. */
    private static int exitStatus(int pid) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory.Int status = new NativeMemory(arena).allocateInt();
            Libc.WAITPID.call(pid, status.address(), 0);
            int signal = status.get() & 0x7f;
            return signal == 0 ? status.get() >> 8 & 0xff : 128 + signal;
        }
    }
}
