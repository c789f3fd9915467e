package dev.juggler.boot;

import picocli.CommandLine.IVersionProvider;

/** The version, out of the jar's manifest. */
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    public static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "juggler " + (version == null ? "(not packaged)" : version);
    }
}
