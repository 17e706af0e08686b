package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.archives.ZipArchive;
import org.saddlepoint.data.archives.ZipMember;
import org.saddlepoint.data.names.ComposedNames;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * The files in a zip, read where they lie; nothing is unpacked to disk. The place of an entry is its number among the zip's
 * members.
 */
final class ZipFiles implements ImageFiles {
    /** Entries up to this size may be packed however well; bytes. */
    static final long PACKED_FREELY = 16L << 20;

    /** A larger entry that unpacks to more than so many times its packed bytes is refused. */
    static final int MOST_EXPANSION = 100;

    private final Path given;
    private final ZipArchive zip;

    ZipFiles(Path file) {
        this.given = file;
        requireReadable(file);
        try {
            this.zip = ZipArchive.open(file);
        } catch (IOException e) {
            throw new DataException("the zip " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    private static void requireReadable(Path file) {
        try {
            InputFiles.requireReadable(file);
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the zip " + file + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new DataException("the zip " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    @Override
    public String title() {
        return "zip " + given;
    }

    @Override
    public Listing list() {
        List<Entry> files = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < zip.members().size(); i++) {
            ZipMember member = zip.members().get(i);
            boolean leaving = ImageFiles.LEAVING.matcher(member.name()).find();
            if (isHiddenPath(member.name()) && !leaving) {
                continue;
            }
            Optional<String> objection = leaving
                    ? Optional.of("its name leads out of the folder")
                    : ImageFiles.objection(member.name()).or(() -> objection(member));
            if (objection.isEmpty() && !names.add(member.name())) {
                objection = Optional.of("a second entry of this name");
            }
            if (objection.isPresent()) {
                skipped.add(new Skipped(member.name(), objection.get(), Skipped.Kind.NOT_READ));
            } else {
                files.add(new Entry(ComposedNames.of(member.name()), member.bytes(), member.checksum(), i));
            }
        }
        files.sort(Comparator.comparing(Entry::name)
                .thenComparing(entry -> member(entry).name()));
        return new Listing(files, skipped, zip.note().stream().toList());
    }

    private ZipMember member(Entry entry) {
        return zip.members().get(entry.place());
    }

    private static Optional<String> objection(ZipMember member) {
        return member.objection().or(() -> bomb(member));
    }

    /** Images are packed already: what shrinks far more is a bomb, or no image. */
    private static Optional<String> bomb(ZipMember member) {
        return member.bytes() > PACKED_FREELY && member.bytes() / MOST_EXPANSION > member.packed()
                ? Optional.of("it unpacks from " + member.packed() + " to " + member.bytes() + " bytes, more than "
                        + MOST_EXPANSION + " times as many")
                : Optional.empty();
    }

    private static boolean isHiddenPath(String name) {
        for (String segment : name.split("/", -1)) {
            if (ImageFiles.isHidden(segment)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Entry> find(String name) {
        for (int i = 0; i < zip.members().size(); i++) {
            ZipMember member = zip.members().get(i);
            if (ComposedNames.of(member.name()).equals(name)
                    && objection(member).isEmpty()) {
                return Optional.of(new Entry(name, member.bytes(), member.checksum(), i));
            }
        }
        return Optional.empty();
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return zip.open(member(entry));
    }

    @Override
    public byte[] read(Entry entry) throws IOException {
        requireSmall(entry);
        return zip.read(member(entry));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new DataException("the zip " + given + " cannot be closed: " + IoReasons.of(e), e);
        }
    }
}
