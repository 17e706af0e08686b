package org.saddlepoint.data.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.Skipped.Kind;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.codecs.UnreadFormat;
import org.saddlepoint.input.IoReasons;

/**
 * The pictures that a folder or zip holds, told by their first bytes whatever they are called.
 *
 * @param entries the files whose header is a picture's, in order
 * @param headers the header of each
 * @param skipped all other files, with reasons
 * @param notes what was assumed when they were listed, one line each
 */
record ImageCatalogue(
        List<ImageFiles.Entry> entries, List<PictureHeader> headers, List<Skipped> skipped, List<String> notes) {
    private static final int HEADER_BUFFER = 4096;

    /** Either of both. */
    private record Outcome(@Nullable PictureHeader header, @Nullable Skipped skipped) {}

    /**
     * What a fingerprint covers of the file at this index.
     *
     * @param prefix stands before its name
     * @param label the name of its class, or empty
     */
    DataFile file(int index, String prefix, String label) {
        ImageFiles.Entry entry = entries.get(index);
        PictureHeader header = headers.get(index);
        return new DataFile(
                prefix + entry.name(), entry.bytes(), entry.checksum(), header.width(), header.height(), label);
    }

    /** @throws DataException when no picture is left */
    static ImageCatalogue of(ImageFiles files) {
        ImageFiles.Listing listing = files.list();
        Outcome[] outcomes = IntStream.range(0, listing.files().size())
                .parallel()
                .mapToObj(i -> outcome(files, listing.files().get(i)))
                .toArray(Outcome[]::new);
        List<ImageFiles.Entry> entries = new ArrayList<>();
        List<PictureHeader> headers = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(listing.skipped());
        for (int i = 0; i < outcomes.length; i++) {
            PictureHeader header = outcomes[i].header();
            Skipped leftOut = outcomes[i].skipped();
            if (header != null) {
                entries.add(listing.files().get(i));
                headers.add(header);
            } else if (leftOut != null) {
                skipped.add(leftOut);
            }
        }
        if (entries.isEmpty()) {
            throw new DataException(files.title() + emptyMessage(skipped));
        }
        return new ImageCatalogue(entries, headers, skipped, listing.notes());
    }

    private static Outcome outcome(ImageFiles files, ImageFiles.Entry entry) {
        try (InputStream content = files.open(entry)) {
            return judged(files, entry, new BufferedInputStream(content, HEADER_BUFFER));
        } catch (IOException e) {
            return skipped(entry, IoReasons.ofNamed(e), Kind.NOT_READ);
        }
    }

    private static Outcome judged(ImageFiles files, ImageFiles.Entry entry, BufferedInputStream in) {
        try {
            in.mark(PictureCodecs.START);
            byte[] start = in.readNBytes(PictureCodecs.START);
            in.reset();
            if (PictureCodecs.of(start).isEmpty()) {
                Optional<UnreadFormat> format =
                        PictureCodecs.unread(start).or(() -> PictureCodecs.unread(entry.name()));
                if (format.isPresent()) {
                    return skipped(entry, format.get().reason(), Kind.NOT_READ);
                }
                if (!files.arePictures() && !ImageFiles.hasPictureName(entry.name())) {
                    return skipped(entry, "no picture", Kind.OTHER);
                }
            }
            files.requireSmall(entry);
            return new Outcome(PictureCodecs.header(in), null);
        } catch (IOException e) {
            return skipped(entry, IoReasons.ofNamed(e), Kind.DAMAGED);
        }
    }

    private static Outcome skipped(ImageFiles.Entry entry, String reason, Kind kind) {
        return new Outcome(null, new Skipped(entry.name(), reason, kind));
    }

    /** The names of the pictures. */
    List<String> names() {
        return entries.stream().map(ImageFiles.Entry::name).toList();
    }

    private static String emptyMessage(List<Skipped> skipped) {
        if (skipped.isEmpty()) {
            return " holds no pictures; it is empty; give the folder or zip that holds the pictures";
        }
        String leftOut = String.join("; ", SkippedSummary.lines(skipped));
        if (skipped.stream().anyMatch(Skipped::isFault)) {
            return " has no picture that can be read, but " + leftOut;
        }
        boolean idx = skipped.stream().anyMatch(file -> file.name().contains("idx"));
        return " holds no pictures; it has " + leftOut
                + (idx ? "; for an IDX file give idx:FILE" : "; give the folder or zip that holds the pictures");
    }
}
