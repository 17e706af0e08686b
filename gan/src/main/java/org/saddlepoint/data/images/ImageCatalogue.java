package org.saddlepoint.data.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Skipped;

/**
 * The images that a folder or zip holds, judged by their headers.
 *
 * @param entries the files whose header is an image's, in order
 * @param headers the header of each
 * @param skipped the files that are none, with reasons
 */
record ImageCatalogue(List<ImageFiles.Entry> entries, List<ImageHeader> headers, List<Skipped> skipped) {
    private static final int HEADER_BUFFER = 4096;

    private record Outcome(Optional<ImageHeader> header, String reason) {}

    /** @throws DataException when no image is left */
    static ImageCatalogue of(ImageFiles files) {
        ImageFiles.Listing listing = files.list();
        if (listing.images().isEmpty()) {
            throw new DataException(emptyMessage(files.title(), listing));
        }
        Outcome[] outcomes = IntStream.range(0, listing.images().size())
                .parallel()
                .mapToObj(i -> header(files, listing.images().get(i)))
                .toArray(Outcome[]::new);
        List<ImageFiles.Entry> entries = new ArrayList<>();
        List<ImageHeader> headers = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(listing.skipped());
        for (int i = 0; i < outcomes.length; i++) {
            ImageFiles.Entry entry = listing.images().get(i);
            if (outcomes[i].header().isPresent()) {
                entries.add(entry);
                headers.add(outcomes[i].header().get());
            } else {
                skipped.add(new Skipped(entry.name(), outcomes[i].reason()));
            }
        }
        if (entries.isEmpty()) {
            throw new DataException("none of the " + outcomes.length + " image files in " + files.title()
                    + " can be used; the first is " + skipped.get(skipped.size() - outcomes.length)
                    + "; replace them by PNG, JPEG or WebP images");
        }
        return new ImageCatalogue(entries, headers, skipped);
    }

    private static Outcome header(ImageFiles files, ImageFiles.Entry entry) {
        if (entry.bytes() > ImageFiles.LARGEST_FILE) {
            return new Outcome(Optional.empty(), "the file is larger than the limit of 256 MiB");
        }
        try (InputStream in = new BufferedInputStream(files.open(entry), HEADER_BUFFER)) {
            return new Outcome(Optional.of(ImageHeader.read(in)), "");
        } catch (IOException e) {
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static String emptyMessage(String title, ImageFiles.Listing listing) {
        StringBuilder message = new StringBuilder(title).append(" holds no PNG, JPEG or WebP images");
        listing.anotherName()
                .ifPresentOrElse(
                        name -> message.append("; it has ")
                                .append(listing.others())
                                .append(" other files, such as ")
                                .append(name),
                        () -> message.append("; it is empty"));
        if (!listing.skipped().isEmpty()) {
            message.append("; ")
                    .append(listing.skipped().size())
                    .append(" entries are not read, the first ")
                    .append(listing.skipped().get(0))
                    .append("; copy the images themselves into it");
        } else if (listing.anotherName().filter(name -> name.contains("idx")).isPresent()) {
            message.append("; for an IDX file give idx:FILE");
        } else {
            message.append("; give the folder or zip that holds the images");
        }
        return message.toString();
    }
}
