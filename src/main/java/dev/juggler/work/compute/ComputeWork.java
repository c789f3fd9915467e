package dev.juggler.work.compute;

import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.compute.builtin.BuiltIn;
import dev.juggler.work.compute.function.PreparedFunction;
import dev.juggler.work.compute.user.FunctionName;
import dev.juggler.work.compute.user.UserExit;
import io.vertx.core.Vertx;
import java.util.List;

/** A function that is resolved, compiled and checked once, and called by the workers of a job with their inputs. */
public final class ComputeWork implements WorkProvider {
    private final PreparedFunction function;
    private final boolean sleeps;

    private ComputeWork(PreparedFunction function, boolean sleeps) {
        this.function = function;
        this.sleeps = sleeps;
    }

    /**
     * Returns the spec of a function that a user named. That of a Java source file ({@code Square.java},
     * {@code Square.java::cube}) includes the text of the file, so that it works in other processes too. Blocks while
     * it reads the file.
     *
     * @param function a built-in name, the path of a Java source file, or a class name
     * @param classpath jars and folders with the class, or with the classes that the source uses
     * @throws dev.juggler.work.InvalidWorkException when the source file cannot be read
     */
    public static ComputeSpec spec(String function, List<String> classpath) {
        return new ComputeSpec(function, FunctionName.parse(function).readSource(), classpath);
    }

    /**
     * Resolves and prepares the function of a spec. Blocks while it compiles or loads classes. Runs none of the user's
     * code except the constructor of a class whose method is not static.
     *
     * @throws dev.juggler.work.InvalidWorkException when there is no such function, it does not compile, or it takes no
     *     input
     */
    public static ComputeWork prepare(ComputeSpec spec) {
        return prepare(spec, UserExit.FAILS_TASK);
    }

    /**
     * Prepares the function of a spec as {@link #prepare(ComputeSpec)} does, with a choice of what happens when it
     * tries to end the JVM.
     */
    public static ComputeWork prepare(ComputeSpec spec, UserExit exit) {
        return new ComputeWork(FunctionFinder.find(spec, exit), spec.function().equals(BuiltIn.SLEEP.id()));
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public boolean leavesLoopFree() {
        return sleeps;
    }

    @Override
    public BlockingWork blocking() {
        return new BlockingCompute(function.open());
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        return new AsyncCompute(function.open(), vertx);
    }

    @Override
    public void close() {
        function.close();
    }
}
