package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.compute.function.JsonResults;
import dev.juggler.work.compute.function.PreparedFunction;
import dev.juggler.work.compute.function.TaskFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/** A method of a user's class. When it is not static, each worker calls it on its own instance. */
public final class MethodFunction implements PreparedFunction {
    private final MethodHandle handle;
    /** Makes the instances; null for a static method. */
    private final @Nullable Constructor<?> constructor;

    private final ParameterBinding parameter;
    private final boolean takesLong;
    private final JsonResults values = new JsonResults();
    private final URLClassLoader loader;

    private MethodFunction(Method method, @Nullable Constructor<?> constructor, URLClassLoader loader)
            throws IllegalAccessException {
        this.handle = MethodHandles.lookup().unreflect(method).asFixedArity();
        this.constructor = constructor;
        this.parameter = ParameterBinding.of(method).orElseThrow();
        this.takesLong = method.getParameterTypes()[0] == long.class;
        this.loader = loader;
    }

    /** Makes a method callable, and checks that an instance can be made when it needs one. */
    public static MethodFunction of(Method method, Class<?> type, URLClassLoader loader) {
        Constructor<?> constructor = Modifier.isStatic(method.getModifiers()) ? null : constructor(type);
        if (!method.trySetAccessible()) {
            throw InvalidWorkException.usage("method " + type.getName() + "::" + method.getName()
                    + " is not accessible: its module does not open it");
        }
        try {
            MethodFunction function = new MethodFunction(method, constructor, loader);
            function.open().close();
            return function;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the method was just made accessible", e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            if (Modifier.isAbstract(type.getModifiers())
                    || Modifier.isPrivate(constructor.getModifiers())
                    || !constructor.trySetAccessible()) {
                throw noConstructor(type);
            }
            return constructor;
        } catch (NoSuchMethodException _) {
            throw noConstructor(type);
        }
    }

    private static InvalidWorkException noConstructor(Class<?> type) {
        return InvalidWorkException.usage("cannot make an object of class " + type.getName()
                + ": give it a constructor without parameters that is not private, or a static method");
    }

    @Override
    public TaskFunction open() {
        Object instance = constructor == null ? null : newInstance(constructor);
        MethodHandle bound = instance == null ? handle : handle.bindTo(instance);
        return takesLong
                ? new MethodCall(bound.asType(MethodType.methodType(Object.class, long.class)), null, values, instance)
                : new MethodCall(bound.asType(MethodType.genericMethodType(1)), parameter, values, instance);
    }

    private static Object newInstance(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw InvalidWorkException.usage("the constructor of " + constructor.getName() + " failed: "
                    + e.getTargetException().getClass().getSimpleName() + ": "
                    + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw InvalidWorkException.usage("cannot make an object of class " + constructor.getName() + ": " + e);
        }
    }

    @Override
    public void close() {
        close(loader);
    }

    public static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
