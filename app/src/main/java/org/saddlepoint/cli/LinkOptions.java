package org.saddlepoint.cli;

import org.saddlepoint.data.images.Links;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.DataRequest;
import picocli.CommandLine.Option;

/** {@code --follow-links}, of all commands that read folders of pictures. */
final class LinkOptions {
    @Option(
            names = "--follow-links",
            description = "Follows all links in a folder of pictures, to files and to folders; without it only those to"
                    + " files in the same folder. A run remembers it.")
    private boolean followLinks;

    /** Whether it was given. */
    boolean isGiven() {
        return followLinks;
    }

    Links links() {
        return followLinks ? Links.ALL : Links.INSIDE;
    }

    /** This source as a command in a message repeats it, quoted for a shell. */
    String words(String source) {
        return ShellWord.quote(source) + (followLinks ? " --follow-links" : "");
    }

    /** Data with these links. */
    DataRequest request(String spec) {
        return new DataRequest(spec, links());
    }
}
