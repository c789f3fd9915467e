package dev.juggler.source;

import dev.juggler.job.Input;
import java.util.List;

/** All combinations of one item of each part, joined in order. The last part varies fastest. */
record CartesianProduct(List<IndexedInputs> parts, long count) implements IndexedInputs {

    /**
     * Combines the parts.
     *
     * @throws ArithmeticException when the number of combinations exceeds a long
     */
    static CartesianProduct of(List<IndexedInputs> parts) {
        long count = 1;
        for (IndexedInputs part : parts) {
            count = Math.multiplyExact(count, part.count());
        }
        return new CartesianProduct(List.copyOf(parts), count);
    }

    @Override
    public Input at(long position) {
        String[] chosen = new String[parts.size()];
        long rest = position;
        for (int i = chosen.length - 1; i >= 0; i--) {
            IndexedInputs part = parts.get(i);
            chosen[i] = part.at(rest % part.count()).key();
            rest /= part.count();
        }
        return new Input.Text(String.join("", chosen));
    }
}
