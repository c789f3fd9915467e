package dev.juggler.boot;

import picocli.CommandLine.IVersionProvider;

/** The version of Juggler, from the jar's manifest. */
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /** The name and the version, as {@code --version} prints them. */
    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "juggler " + (version == null ? "(not packaged)" : version);
    }
}
