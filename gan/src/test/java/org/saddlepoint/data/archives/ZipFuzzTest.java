package org.saddlepoint.data.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Zips, mutated: their tables of contents, names, and contents packed in all ways. */
class ZipFuzzTest {
    private static final Path ZIP = Scratch.file("archive.zip");
    private static final long LARGEST = 1 << 20;

    /** A dictionary of XZ may take 64 MiB, for each of the entries that a mutation may make of one. */
    private static final long MEMORY = 640L << 20;

    private static final Fuzzing TABLES = new Fuzzing(Format.of(tables(), ZipFuzzTest::read, IOException.class)
            .memory(MEMORY)
            .words(
                    "PK\u0001\u0002",
                    "PK\u0003\u0004",
                    "PK\u0005\u0006",
                    "PK\u0006\u0006",
                    "PK\u0006\u0007",
                    "\u0001\u0000\u0018\u0000",
                    "up\t\u0000",
                    "\u0001\u0099\u0007\u0000",
                    "/",
                    "\\",
                    "\u0081",
                    "\u00ff\u00ff\u00ff\u00ff")
            .repaired(ZipFuzzTest::withEnd));

    private static final Fuzzing METHODS = new Fuzzing(Format.of(methods(), ZipFuzzTest::read, IOException.class)
            .memory(MEMORY)
            .words("BZh9", "\u00fd7zXZ\u0000", "(\u00b5/\u00fd", "1AY&SY")
            .repaired(ZipFuzzTest::withEnd));

    @Property
    void tables(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        TABLES.check(mutation);
    }

    @Property
    void methods(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        METHODS.check(mutation);
    }

    private static void read(byte[] file) throws IOException {
        IOException damage = null;
        try (ZipArchive archive = ZipArchive.open(Files.write(ZIP, file))) {
            for (ZipMember member : archive.members()) {
                try (InputStream in = archive.open(member)) {
                    in.readNBytes(64);
                    if (member.bytes() < LARGEST) {
                        archive.read(member);
                    }
                } catch (IOException e) {
                    damage = e; // the others are read all the same
                }
            }
        }
        if (damage != null) {
            throw damage;
        }
    }

    private static List<byte[]> tables() {
        byte[] content = "some content, some content".getBytes(StandardCharsets.UTF_8);
        byte[] unicode = {0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 'a'};
        return List.of(
                new RawZip()
                        .add("été/é.png", "IBM437", content)
                        .add("hiver\\forêt.png", "IBM437", content)
                        .bytes(),
                new RawZip()
                        .with(1 << 11, 0, 3, 0, unicode)
                        .add("図/猫.png", "UTF-8", content)
                        .with(8, 8, 3, 0)
                        .add("b".getBytes(StandardCharsets.UTF_8), content, PackedContent.by(8, content))
                        .bytes("prefix".getBytes(StandardCharsets.UTF_8), content),
                new RawZip()
                        .add("写真.png", "windows-31j", content)
                        .add("猫.png", "windows-31j", content)
                        .bytes());
    }

    private static List<byte[]> methods() {
        byte[] content = new byte[600];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * i / 7);
        }
        List<byte[]> zips = new ArrayList<>();
        for (int method : new int[] {1, 6, 8, 9, 12, 14, 93, 95}) {
            byte[] packed = PackedContent.by(method, content);
            zips.add(new RawZip()
                    .with(0, method, 0, 0)
                    .add(new byte[] {'a'}, content, packed)
                    .bytes());
        }
        return zips;
    }

    /** The last record says again where the table of contents is, if there is one before it. */
    private static byte[] withEnd(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int end = find(bytes, 0x06054b50, 0);
        int table = find(bytes, 0x02014b50, 0);
        if (table >= 0 && end > table && end + 20 <= file.length) {
            int entries = 0;
            for (int at = table; at >= 0 && at < end; at = find(bytes, 0x02014b50, at + 4)) {
                entries++;
            }
            bytes.putShort(end + 8, (short) entries).putShort(end + 10, (short) entries);
            bytes.putInt(end + 12, end - table).putInt(end + 16, table);
        }
        return bytes.array();
    }

    private static int find(ByteBuffer bytes, int signature, int from) {
        for (int at = from; at + 4 <= bytes.limit(); at++) {
            if (bytes.getInt(at) == signature) {
                return at;
            }
        }
        return -1;
    }
}
