package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Files that somebody named as pictures, one by one, in their order. The place of an entry is its number in the list. */
final class ListedFiles implements ImageFiles {
    private final String title;
    private final List<Path> paths;
    private final List<Entry> entries;

    ListedFiles(ImageListing listing) {
        this.title = listing.title();
        this.paths = listing.images().stream().map(ImageListing.Image::file).toList();
        this.entries = IntStream.range(0, paths.size())
                .mapToObj(i -> {
                    ImageListing.Image image = listing.images().get(i);
                    return new Entry(image.path(), image.bytes(), 0, i);
                })
                .toList();
    }

    /** One file. */
    ListedFiles(Path file, String name, long bytes) {
        this.title = "file " + file;
        this.paths = List.of(file);
        this.entries = List.of(new Entry(name, bytes, 0, 0));
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Listing list() {
        return new Listing(entries, List.of(), List.of());
    }

    @Override
    public boolean arePictures() {
        return true;
    }

    @Override
    public Optional<Entry> find(String name) {
        return Optional.empty();
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return ImageFiles.open(paths.get(entry.place()));
    }

    @Override
    public Optional<Path> location(Entry entry) {
        try {
            return Optional.of(paths.get(entry.place()).toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // reading it will say why
        }
    }

    @Override
    public void close() {}
}
