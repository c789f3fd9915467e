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

/** Reports the launch of a verticle on stderr, and waits for its end. */
final class LaunchHooks implements VertxApplicationHooks {
    private final VerticleClass verticle;
    private final RunCommand.Threading threading;
    private final Optional<VerticleClusterMember> cluster;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int failure = ExitCodes.USAGE;

    /**
     * Creates the hooks of one launch.
     *
     * @param cluster the cluster to join; empty for a local event bus
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
                + cluster.map(member -> ", " + member.location(context.vertx())).orElse(""));
    }

    @Override
    public void afterFailureToDeployVerticle(HookContext context, Throwable failure) {
        CommandErrors.tell(verticle.name() + " cannot be deployed: " + message(failure));
    }

    @Override
    public void afterFailureToStartVertx(HookContext context, Throwable failure) {
        CommandErrors.tell(cluster.map(member -> "cannot join the cluster '" + member.name() + "': ")
                        .orElse("cannot start Vert.x: ")
                + message(failure));
        this.failure = cluster.isPresent() ? ExitCodes.UNREACHABLE : ExitCodes.USAGE;
    }

    /** Returns the exit code after a launch that failed. */
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

    /** Detects that the verticle closes its Vert.x itself, which calls no hook. */
    private final class LaunchEnd extends VerticleBase {
        @Override
        public Future<?> stop() {
            ended.countDown();
            return Future.succeededFuture();
        }
    }

    /**
     * Waits until the Vert.x of the verticle is closed, and returns the exit code; a signal ends the JVM with its own
     * code.
     */
    int awaitEnd() throws InterruptedException {
        ended.await();
        return ExitCodes.OK;
    }
}
