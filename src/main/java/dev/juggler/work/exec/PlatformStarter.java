package dev.juggler.work.exec;

/** How programs are started on this system: decided once, when it is first asked for. */
final class PlatformStarter {
    private static final ProgramStarter STARTER =
            PosixSpawnStarter.isPossible() ? new PosixSpawnStarter() : JdkProgramStarter.withSetsidIfThere();

    private PlatformStarter() {}

    static ProgramStarter starter() {
        return STARTER;
    }

    /** Makes the decision on a thread of its own, while the caller does something else: it takes some milliseconds. */
    static void prepare() {
        Thread.ofPlatform().daemon().name("exec-prepare").start(PlatformStarter::starter);
    }
}
