package dev.juggler.job;

/**
 * The model inside each process of a job under {@link ConcurrencyModel#PROCESSES}.
 *
 * @param model any model but processes
 * @param concurrency the workers, or tasks in flight, of each process
 */
public record ProcessModel(ConcurrencyModel model, int concurrency) {
    /** One task at a time. */
    public static final ProcessModel SEQUENTIAL = new ProcessModel(ConcurrencyModel.SEQUENTIAL, 1);

    public ProcessModel {
        if (model == ConcurrencyModel.PROCESSES) {
            throw new IllegalArgumentException("the model inside each process cannot be processes");
        }
        if (concurrency < 1 || (model == ConcurrencyModel.SEQUENTIAL && concurrency != 1)) {
            String range = model == ConcurrencyModel.SEQUENTIAL ? "exactly 1" : "at least 1";
            throw new IllegalArgumentException(
                    "the concurrency of " + model.id() + " in each process is " + range + ", not " + concurrency);
        }
    }

    /**
     * Reads {@code async:64}, {@code threads:4}, {@code virtual:100} or {@code sequential}.
     *
     * @throws IllegalArgumentException with a message for the user, when it is none of these
     */
    public static ProcessModel parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        ConcurrencyModel model = ConcurrencyModel.named(name)
                .filter(each -> each != ConcurrencyModel.PROCESSES)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not a model for a process: give one such as async:64, threads:4 or virtual:100"));
        if (colon < 0 && model != ConcurrencyModel.SEQUENTIAL) {
            throw new IllegalArgumentException("'" + text + "' has no number: give one, such as " + name + ":8");
        }
        try {
            return new ProcessModel(model, colon < 0 ? 1 : Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text.substring(colon + 1) + "' in '" + text + "' is not a number", e);
        }
    }
}
