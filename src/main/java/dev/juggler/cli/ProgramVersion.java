package dev.juggler.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, out of the jar's manifest. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "juggler " + (version == null ? "(not packaged)" : version);
    }
}
