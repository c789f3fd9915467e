package dev.juggler.work.exec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program and all that it started, for ending them together: the process group it leads, and those of its descendants
 * that have left the group ({@code timeout(1)} does, and shells with job control).
 */
final class ProcessTree {
    /** How long a process may take to vanish after KILL: more than this only one that hangs in the kernel. */
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
        // Once it has exited its id may be another's; if it is alive now, it was when we looked it up.
        this.handle = process.filter(found -> leader.isAlive());
        this.members = handle.stream().flatMap(ProcessHandle::descendants).toList();
        this.strays = members.stream().filter(this::isStray).toList();
    }

    /** Returns whether the group's signals do not reach it. */
    private boolean isStray(ProcessHandle member) {
        return !ownGroup || ProcessSignals.groupOf(member.pid()) != leader.pid();
    }

    /**
     * Asks all to end (TERM), waits up to the grace, then makes them (KILL). An interrupt cuts the grace short and is
     * not passed on: the caller is ending already.
     *
     * @param ownGroup whether the program leads a process group of its own
     */
    static void end(StartedProgram leader, boolean ownGroup, Duration grace) {
        ProcessTree family = new ProcessTree(leader, ownGroup);
        family.terminate();
        boolean gone = family.goneWithin(grace);
        // Those that were started after we looked get it too; a group of zombies does not mind.
        family.kill();
        if (!gone) {
            family.goneWithin(LAST_WAIT);
        }
    }

    private void terminate() {
        strays.forEach(ProcessHandle::destroy);
        // No such group: setsid has not got that far, and has started nothing yet.
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

    private boolean goneWithin(Duration time) {
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
