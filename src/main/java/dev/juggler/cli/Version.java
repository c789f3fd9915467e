package dev.juggler.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, out of the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"juggler " + (version == null ? "(not packaged)" : version)};
    }
}
