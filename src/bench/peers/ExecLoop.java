import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs a program COUNT times on THREADS threads with plain ProcessBuilder code: COUNT THREADS PROGRAM. */
public final class ExecLoop {
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        try (var pool = Executors.newFixedThreadPool(Integer.parseInt(args[1]))) {
            var exits = IntStream.rangeClosed(1, count)
                    .mapToObj(i -> pool.submit(
                            () -> new ProcessBuilder(args[2], "" + i).start().waitFor()))
                    .toList();
            for (Future<Integer> exit : exits) {
                if (exit.get() != 0) {
                    throw new IllegalStateException("exit code " + exit.get());
                }
            }
        }
    }
}
