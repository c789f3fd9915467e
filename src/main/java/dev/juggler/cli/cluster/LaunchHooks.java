package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.ExitCodes;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What happens around a verticle that is launched: it is told on stderr, and waited for. */
final class LaunchHooks implements VertxApplicationHooks {
    private final VerticleClass verticle;
    private final RunCommand.Threading threading;
    private final Optional<VerticleClusterMember> cluster;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int failure = ExitCodes.USAGE;

    /**
     * Hooks for one launch.
     *
     * @param cluster what it joins; empty for an event bus of its own
     */
    LaunchHooks(VerticleClass verticle, RunCommand.Threading threading, Optional<VerticleClusterMember> cluster) {
        this.verticle = verticle;
        this.threading = threading;
        this.cluster = cluster;
    }

    @Override
    public VertxBuilder createVertxBuilder(VertxOptions options) {
        return cluster.map(member -> member.builder(options))
                .orElseGet(() -> VertxApplicationHooks.super.createVertxBuilder(options));
    }

    @Override
    public Supplier<? extends Deployable> verticleSupplier() {
        return verticle::newInstance;
    }

    @Override
    public void afterVertxStarted(HookContext context) {
        context.vertx().deployVerticle(new LaunchEnd());
    }

    @Override
    public void afterVerticleDeployed(HookContext context) {
        CommandErrors.tell(verticle.name() + " is deployed: "
                + context.deploymentOptions().getInstances() + " on " + threading
                + cluster.map(member -> ", " + member.place(context.vertx())).orElse(""));
    }

    @Override
    public void afterFailureToDeployVerticle(HookContext context, Throwable failure) {
        CommandErrors.tell(verticle.name() + " cannot be deployed: " + message(failure));
    }

    @Override
    public void afterFailureToStartVertx(HookContext context, Throwable failure) {
        CommandErrors.tell(cluster.map(member -> "the cluster '" + member.name() + "' cannot be joined: ")
                        .orElse("Vert.x cannot be started: ")
                + message(failure));
        this.failure = cluster.isPresent() ? ExitCodes.UNREACHABLE : ExitCodes.USAGE;
    }

    /** The exit code after a launch that failed. */
    int failure() {
        return failure;
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void afterVertxStopped(HookContext context) {
        ended.countDown();
    }

    /** Is stopped when the verticle closes its Vert.x itself, of which no hook tells. */
    private final class LaunchEnd extends VerticleBase {
        @Override
        public Future<?> stop() {
            ended.countDown();
            return Future.succeededFuture();
        }
    }

    /** Waits until the verticle's Vert.x is closed; a signal ends the JVM with its own code. */
    int awaitEnd() throws InterruptedException {
        ended.await();
        return ExitCodes.OK;
    }
}
