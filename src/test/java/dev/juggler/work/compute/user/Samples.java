package dev.juggler.work.compute.user;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Users' functions on a class path. */
final class Samples {
    static final CompletableFuture<Object> NEVER = new CompletableFuture<>();

    private Samples() {}

    static String takesLong(long x) {
        return typeAndValue(x);
    }

    static String takesBoxedLong(Long x) {
        return typeAndValue(x);
    }

    static String takesInt(int x) {
        return typeAndValue(x);
    }

    static String takesDouble(double x) {
        return typeAndValue(x);
    }

    static String takesBigInteger(BigInteger x) {
        return typeAndValue(x);
    }

    static String takesBigDecimal(BigDecimal x) {
        return typeAndValue(x);
    }

    static String takesString(String x) {
        return typeAndValue(x);
    }

    static String takesPath(Path x) {
        return x instanceof Path ? "Path " + x : "";
    }

    static String takesObject(Object x) {
        return typeAndValue(x);
    }

    static List<String> lines(Stream<String> lines) {
        return lines.toList();
    }

    static Stream<String> lazyLines(Stream<String> lines) {
        return lines.map(String::toUpperCase);
    }

    static int sizeOfList(List<String> lines) {
        return lines.size();
    }

    static boolean closed;

    static boolean closesLines(Stream<String> lines) {
        boolean before = closed;
        lines.onClose(() -> closed = true);
        return before;
    }

    static void returnsNothing(long x) {}

    static Object returnsPlainObject(long x) {
        return new Object();
    }

    private static String typeAndValue(Object x) {
        return x.getClass().getSimpleName() + " " + x;
    }

    static Object fails(String how) throws Exception {
        return switch (how) {
            case "exception" -> throw new IllegalStateException("no");
            case "checked" -> throw new IOException();
            case "error" -> throw new Error("bad");
            case "stack" -> fails(how);
            case "memory" -> throw new OutOfMemoryError("mine");
            case "class" -> throw new NoClassDefFoundError("a/B");
            case "static" -> FailingInitializer.VALUE;
            case "late" -> CompletableFuture.failedFuture(new IllegalStateException("late"));
            case "vm" -> throw new InternalError("vm");
            case "long" -> throw new IllegalStateException("x".repeat(1 << 20));
            default -> how;
        };
    }

    /** A class whose initialization fails. */
    private static final class FailingInitializer {
        static final Object VALUE = value();

        private static Object value() {
            throw new IllegalArgumentException("static");
        }
    }

    static Object waits(String how) throws InterruptedException {
        if (how.equals("sleep")) {
            Thread.sleep(3_600_000);
        }
        return NEVER;
    }

    static Object later(String how) {
        return switch (how) {
            case "future" -> CompletableFuture.supplyAsync(() -> List.of(1L));
            case "stage" -> CompletableFuture.completedStage(List.of(1L));
            default -> io.vertx.core.Future.succeededFuture(List.of(1L));
        };
    }
}
