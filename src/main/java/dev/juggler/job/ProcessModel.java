package dev.juggler.job;

/**
 * What each process of a job under {@link ConcurrencyModel#PROCESSES} does its tasks under.
 *
 * @param model any model but processes
 * @param concurrency workers, or tasks in flight, of each process
 */
public record ProcessModel(ConcurrencyModel model, int concurrency) {
    /** One task at a time. */
    public static final ProcessModel SEQUENTIAL = new ProcessModel(ConcurrencyModel.SEQUENTIAL, 1);

    public ProcessModel {
        if (model == ConcurrencyModel.PROCESSES) {
            throw new IllegalArgumentException("a process does its tasks under another model than processes");
        }
        if (concurrency < 1 || (model == ConcurrencyModel.SEQUENTIAL && concurrency != 1)) {
            throw new IllegalArgumentException(model.id() + " in each process does at least 1 task at a time"
                    + (model == ConcurrencyModel.SEQUENTIAL ? " and no more" : "") + ", not " + concurrency);
        }
    }

    /** Reads {@code async:64}, {@code threads:4}, {@code virtual:100} or {@code sequential}. */
    public static ProcessModel parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        ConcurrencyModel model = ConcurrencyModel.named(name)
                .filter(each -> each != ConcurrencyModel.PROCESSES)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is no model for a process: give one such as async:64, threads:4 or virtual:100"));
        if (colon < 0 && model != ConcurrencyModel.SEQUENTIAL) {
            throw new IllegalArgumentException("'" + text + "' does not say how many: give one such as " + name + ":8");
        }
        try {
            return new ProcessModel(model, colon < 0 ? 1 : Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text.substring(colon + 1) + "' in '" + text + "' is no number");
        }
    }
}
