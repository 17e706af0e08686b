package org.saddlepoint.data.images;

import java.util.List;

/** The folders that lie around all files of a list. */
public final class SharedFolders {
    private SharedFolders() {}

    /**
     * Length of the path that all names begin with, including its last slash; 0 if they share no folder.
     *
     * @param names relative names with forward slashes, at least one
     */
    public static int length(List<String> names) {
        String prefix = names.get(0).substring(0, names.get(0).lastIndexOf('/') + 1);
        for (String name : names) {
            while (!name.startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
            }
        }
        return prefix.length();
    }
}
