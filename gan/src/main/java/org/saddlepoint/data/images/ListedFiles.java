package org.saddlepoint.data.images;

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

    ListedFiles(ImageListing listing) {
        this.title = listing.title();
        this.root = listing.root();
        this.entries = listing.images().stream()
                .map(image -> new Entry(image.path(), image.bytes(), 0))
                .toList();
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
