package dev.juggler.option;

/** The style in which a message names an option: as its reader wrote it. */
public enum NameStyle {
    /** {@code --max-size}. */
    COMMAND_LINE {
        @Override
        String nameOf(FetchOption<?> option) {
            return option.longNames();
        }
    },
    /** {@code 'maxSize'}. */
    REQUEST {
        @Override
        String nameOf(FetchOption<?> option) {
            return "'" + option.member() + "'";
        }
    };

    abstract String nameOf(FetchOption<?> option);
}
