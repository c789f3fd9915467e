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

/** A function, found, compiled and checked once, that the workers of a job call with their inputs. */
public final class ComputeWork implements WorkProvider {
    private final PreparedFunction function;
    private final boolean sleeps;

    private ComputeWork(PreparedFunction function, boolean sleeps) {
        this.function = function;
        this.sleeps = sleeps;
    }

    /**
     * The spec of what a user named: for a Java source file ({@code Square.java}, {@code Square.java::cube}) with the
     * text of the file in it, so that it works in other processes too. Blocks while it reads the file.
     *
     * @param function a built-in name, the path of a Java source file, or a class name
     * @param classpath jars and folders the class, or the classes the source uses, are looked for in
     * @throws dev.juggler.work.InvalidWorkException when the source file cannot be read
     */
    public static ComputeSpec spec(String function, List<String> classpath) {
        return new ComputeSpec(function, FunctionName.parse(function).readSource(), classpath);
    }

    /**
     * Finds the function of a spec and makes it ready. Blocks while it compiles or loads classes; runs none of the
     * user's code but the constructor of a class whose method is not static.
     *
     * @throws dev.juggler.work.InvalidWorkException when there is no such function, it does not compile, or it is not
     *     one that takes an input
     */
    public static ComputeWork prepare(ComputeSpec spec) {
        return prepare(spec, UserExit.FAILS_TASK);
    }

    /**
     * Finds the function of a spec as {@link #prepare(ComputeSpec)} does, in a JVM that a function may or may not end.
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
