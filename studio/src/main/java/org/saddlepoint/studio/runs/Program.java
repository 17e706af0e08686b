package org.saddlepoint.studio.runs;

import java.util.List;

/** Starts the command line in a process of its own. */
@FunctionalInterface
public interface Program {
    /**
     * The words that start it.
     *
     * @param arguments of the command line, such as {@code resume}, {@code /home/me/runs/digits}
     */
    List<String> command(List<String> arguments);
}
