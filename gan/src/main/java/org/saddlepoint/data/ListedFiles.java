package org.saddlepoint.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files below a folder that a list names, in its order. */
final class ListedFiles implements ImageFiles {
    private final String title;
    private final Path root;
    private final List<Entry> entries;

    ListedFiles(String title, Path root, List<Entry> entries) {
        this.title = title;
        this.root = root;
        this.entries = entries;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Listing list() {
        return new Listing(entries, 0, Optional.empty(), List.of());
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return ImageFiles.open(root.resolve(entry.name()));
    }

    @Override
    public void close() {}
}
