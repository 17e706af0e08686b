package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.archives.LmdbArchive;
import org.saddlepoint.input.IoReasons;

/**
 * The values of an LMDB whose values are picture files, as those of LSUN (Yu et al. 2015) and of GN-GAN's code (Wu et al. 2021)
 * are. What a value is tell its first bytes: WebP in LSUN, whatever its documents say. An entry's name is its key, in hexadecimal
 * digits if that is no text; keys that are decimal numbers are in the order of their values. The place of an entry is its number
 * in the order of keys.
 */
final class LmdbFiles implements ImageFiles {
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Path given;
    private final LmdbArchive archive;
    private final List<LmdbArchive.Item> items;

    LmdbFiles(Path path) {
        this.given = path;
        Path file = LmdbArchive.find(path)
                .orElseThrow(() -> new NoSuchDataException("there is no LMDB at " + path
                        + "; expected a folder with data.mdb, such as church_outdoor_train_lmdb, or that file, relative to "
                        + Path.of("").toAbsolutePath()));
        try {
            archive = LmdbArchive.open(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            items = archive.items();
        } catch (IOException e) {
            close();
            throw unreadable(e);
        }
    }

    private DataException unreadable(IOException reason) {
        return new DataException("the LMDB " + given + " cannot be read: " + IoReasons.of(reason), reason);
    }

    @Override
    public String title() {
        return "lmdb " + given;
    }

    @Override
    public Listing list() {
        List<Entry> files = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        boolean numbers = true;
        for (int i = 0; i < items.size(); i++) {
            LmdbArchive.Item item = items.get(i);
            String name = name(item.key());
            if (item.bytes() > LARGEST_FILE) {
                skipped.add(new Skipped(
                        name, "larger than the limit of " + (LARGEST_FILE >> 20) + " MiB", Skipped.Kind.NOT_READ));
            } else {
                numbers = numbers && NUMBER.matcher(name).matches();
                files.add(new Entry(name, item.bytes(), 0, i));
            }
        }
        if (numbers) {
            files.sort(Comparator.comparingLong(entry -> Long.parseLong(entry.name())));
        }
        return new Listing(files, skipped, List.of());
    }

    private static String name(byte[] key) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        return TEXT.matcher(text).matches() && ImageFiles.objection(text).isEmpty()
                ? text
                : HexFormat.of().formatHex(key, 0, Math.min(key.length, 64));
    }

    @Override
    public Optional<Entry> find(String name) {
        return Optional.empty();
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return archive.open(items.get(entry.place()));
    }

    @Override
    public byte[] read(Entry entry) throws IOException {
        requireSmall(entry);
        return archive.read(items.get(entry.place()));
    }

    @Override
    public void close() {
        try {
            archive.close();
        } catch (IOException e) {
            throw new DataException("the LMDB " + given + " cannot be closed: " + IoReasons.of(e), e);
        }
    }
}
