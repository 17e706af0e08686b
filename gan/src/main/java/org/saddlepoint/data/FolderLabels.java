package org.saddlepoint.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Class labels from folder names.
 *
 * @param classNames names of the first-level subfolders in order; empty where there are no labels
 * @param labels the position of each file's class; empty where there are no labels
 */
record FolderLabels(List<String> classNames, List<Integer> labels) {

    /**
     * Labels {@code names} by their first folder when every one of them lies in a folder and there are at least two.
     * Folders that all files share are taken off first: zips often have one around everything, and it is no class.
     */
    static FolderLabels of(List<String> names) {
        int shared = sharedFolders(names);
        TreeSet<String> folders = new TreeSet<>();
        for (String name : names) {
            int slash = name.indexOf('/', shared);
            if (slash < 0) {
                return new FolderLabels(List.of(), List.of());
            }
            folders.add(name.substring(shared, slash));
        }
        if (folders.size() < 2) {
            return new FolderLabels(List.of(), List.of());
        }
        List<String> classNames = List.copyOf(folders);
        Map<String, Integer> positions = new HashMap<>();
        classNames.forEach(name -> positions.put(name, positions.size()));
        List<Integer> labels = names.stream()
                .map(name -> Objects.requireNonNull(positions.get(name.substring(shared, name.indexOf('/', shared)))))
                .toList();
        return new FolderLabels(classNames, labels);
    }

    /** Length of the folders that all names begin with, up to and with the last slash. */
    private static int sharedFolders(List<String> names) {
        String prefix = names.get(0).substring(0, names.get(0).lastIndexOf('/') + 1);
        for (String name : names) {
            while (!name.startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
            }
        }
        return prefix.length();
    }
}
