package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the method of a class that is called with the inputs. Public methods come first, then the others except
 * private ones. In each group a method named like the class, {@code apply} or {@code call} wins, then the only static
 * method, then the only instance method.
 */
public final class MethodChooser {
    private final Class<?> type;

    private MethodChooser(Class<?> type) {
        this.type = type;
    }

    /**
     * Returns the method with this name or, without a name, the one that the rules of this class select.
     *
     * @throws InvalidWorkException when there is none, or several qualify
     */
    public static Method choose(Class<?> type, Optional<String> name) {
        return new MethodChooser(type).choose(name);
    }

    private Method choose(Optional<String> name) {
        List<Method> all = name.map(wanted ->
                        withOneParameter().filter(method -> method.getName().equals(wanted)))
                .orElseGet(this::withOneParameter)
                .toList();
        List<Method> usable = all.stream().filter(ParameterBinding::isSupported).toList();
        if (usable.isEmpty()) {
            throw InvalidWorkException.usage(noneOf(all, name));
        }
        List<Method> visible = usable.stream().filter(MethodChooser::isPublic).toList();
        return Stream.of(visible, usable)
                .filter(methods -> !methods.isEmpty())
                .flatMap(methods -> best(methods).stream())
                .findFirst()
                .orElseThrow(() -> ambiguous(usable));
    }

    /** Returns the candidates: non-private methods with one parameter, except synthetic ones and those of Object. */
    private Stream<Method> withOneParameter() {
        Stream<Method> inherited =
                Arrays.stream(type.getMethods()).filter(method -> method.getDeclaringClass() != type);
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), inherited)
                .filter(method -> method.getParameterCount() == 1)
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.isBridge())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !isEquals(method));
    }

    private Optional<Method> best(List<Method> methods) {
        String simpleName = type.getSimpleName();
        String ownName = simpleName.isEmpty()
                ? simpleName
                : Character.toLowerCase(simpleName.charAt(0)) + simpleName.substring(1);
        List<Method> statics = methods.stream()
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .toList();
        return Stream.of(ownName, "apply", "call")
                .flatMap(name -> only(methods, method -> method.getName().equals(name)))
                .findFirst()
                .or(() -> only(statics, _ -> true).findFirst())
                .or(() -> statics.isEmpty() ? only(methods, _ -> true).findFirst() : Optional.empty());
    }

    private static Stream<Method> only(List<Method> methods, Predicate<Method> matching) {
        List<Method> matches = methods.stream().filter(matching).toList();
        return matches.size() == 1 ? matches.stream() : Stream.empty();
    }

    private String noneOf(List<Method> unsupported, Optional<String> name) {
        if (!unsupported.isEmpty()) {
            Method method = unsupported.getFirst();
            return type.getName() + "::" + method.getName() + " takes a "
                    + method.getGenericParameterTypes()[0].getTypeName() + ": a function takes one "
                    + ParameterBinding.supportedTypes();
        }
        return name.map(wanted -> "class " + type.getName() + " has no method " + wanted
                        + " with one parameter that is not private")
                .orElse("class " + type.getName() + " has no function: give it a method with one parameter, such as"
                        + " static long apply(long n)");
    }

    private InvalidWorkException ambiguous(List<Method> methods) {
        String choices = methods.stream()
                .map(method -> type.getName() + "::" + method.getName() + "("
                        + method.getParameterTypes()[0].getSimpleName() + ")")
                .sorted()
                .limit(5)
                .collect(Collectors.joining(", "));
        boolean overloaded = methods.stream().map(Method::getName).distinct().count() == 1;
        return InvalidWorkException.usage("class " + type.getName() + " has " + methods.size()
                + " methods with one parameter (" + choices + "): "
                + (overloaded ? "keep only one of that name" : "name one as CLASS::METHOD"));
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers());
    }

    private static boolean isEquals(Method method) {
        return method.getName().equals("equals") && method.getParameterTypes()[0] == Object.class;
    }
}
