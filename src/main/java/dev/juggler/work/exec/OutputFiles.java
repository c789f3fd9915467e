package dev.juggler.work.exec;

import java.io.File;

/** The files that one run of a program writes to; they are made when it starts. */
record OutputFiles(File stdout, File stderr) {}
