package dev.juggler.work.exec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program and its descendants, which are ended together: the process group that it leads, and the descendants that
 * have left the group, as {@code timeout(1)} and shells with job control make them.
 */
final class ProcessTree {
    /** The time for processes to end after KILL. Only a process that hangs in the kernel takes longer. */
    private static final Duration LAST_WAIT = Duration.ofMillis(500);

    private static final long POLL_MILLIS = 5;

    private final StartedProgram leader;
    private final Optional<ProcessHandle> handle;
    private final boolean ownGroup;
    private final List<ProcessHandle> members;
    private final List<ProcessHandle> strays;

    private ProcessTree(StartedProgram leader, boolean ownGroup) {
        this.leader = leader;
        this.ownGroup = ownGroup;
        Optional<ProcessHandle> process = ProcessHandle.of(leader.pid());
        // After its exit the id may belong to another process. If it is alive now, it was alive during the lookup.
        this.handle = process.filter(found -> leader.isAlive());
        this.members = handle.stream().flatMap(ProcessHandle::descendants).toList();
        this.strays = members.stream().filter(this::isStray).toList();
    }

    /** Returns whether signals to the group do not reach a descendant. */
    private boolean isStray(ProcessHandle member) {
        return !ownGroup || ProcessSignals.groupOf(member.pid()) != leader.pid();
    }

    /**
     * Sends TERM to all processes, waits up to the grace, then sends KILL. An interrupt shortens the grace and is not
     * passed on, because the caller is already stopping.
     *
     * @param ownGroup whether the program leads a process group of its own
     */
    static void end(StartedProgram leader, boolean ownGroup, Duration grace) {
        ProcessTree tree = new ProcessTree(leader, ownGroup);
        tree.terminate();
        boolean ended = tree.endsWithin(grace);
        // KILL also reaches processes that joined the group after the lookup, and does not harm zombies.
        tree.kill();
        if (!ended) {
            tree.endsWithin(LAST_WAIT);
        }
    }

    private void terminate() {
        strays.forEach(ProcessHandle::destroy);
        // Without the group, setsid has not created it yet and has started nothing.
        if (!ownGroup || !ProcessSignals.toGroup(leader.pid(), ProcessSignals.TERM)) {
            handle.ifPresent(ProcessHandle::destroy);
        }
    }

    private void kill() {
        strays.forEach(ProcessHandle::destroyForcibly);
        if (!ownGroup || !ProcessSignals.toGroup(leader.pid(), ProcessSignals.KILL)) {
            handle.ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private boolean endsWithin(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (leader.isAlive() || members.stream().anyMatch(ProcessState::isRunning)) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
