package org.saddlepoint.data.archives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZipArchiveTest {
    private static final int UTF_8 = 1 << 11;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final byte[] CONTENT = content(5000);

    @TempDir
    Path folder;

    /** Half repetitions, half noise. */
    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        System.arraycopy(content, 0, content, length / 2, length / 4);
        return content;
    }

    private ZipArchive open(byte[] zip) throws IOException {
        return ZipArchive.open(Files.write(folder.resolve("a.zip"), zip));
    }

    private List<String> names(byte[] zip) throws IOException {
        try (ZipArchive archive = open(zip)) {
            return archive.members().stream().map(ZipMember::name).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 8, 9, 12, 14, 93, 95})
    void readsWhatIsPackedByEachMethod(int method) throws IOException {
        byte[] packed = PackedContent.by(method, CONTENT);
        byte[] zip = new RawZip()
                .with(0, method, 0, 0)
                .add(bytes("whole"), CONTENT, packed)
                .with(SIZES_FOLLOW, method, 0, 0)
                .add(bytes("streamed"), CONTENT, packed)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members()).extracting(ZipMember::method).containsOnly(method);
            for (ZipMember member : archive.members()) {
                assertThat(archive.read(member)).isEqualTo(CONTENT);
                assertThat(archive.open(member).readNBytes(100)).isEqualTo(Arrays.copyOf(CONTENT, 100));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 8, 9, 12, 14, 93, 95})
    void damagedContentIsAnIoException(int method) throws IOException {
        byte[] packed = PackedContent.by(method, CONTENT);
        byte[] broken = packed.clone();
        Arrays.fill(broken, packed.length / 3, packed.length / 2, (byte) 0x55);
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);
        byte[] zip = new RawZip()
                .with(0, method, 0, 0)
                .add(bytes("broken"), CONTENT, broken)
                .add(bytes("cut"), CONTENT, cut)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            for (ZipMember member : archive.members()) {
                assertThatThrownBy(() -> archive.read(member)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void methodsThatAreNotReadAreNamed() throws IOException {
        RawZip zip = new RawZip();
        for (int method : new int[] {4, 97, 98, 77}) {
            zip.with(0, method, 0, 0).add(bytes("m" + method), CONTENT, CONTENT);
        }
        try (ZipArchive archive = open(zip.bytes())) {
            assertThat(archive.members().stream()
                            .map(member -> member.objection().orElse("")))
                    .satisfiesExactly(
                            reduced -> assertThat(reduced).contains("the method Reduce, which is not read"),
                            wav -> assertThat(wav).contains("WavPack"),
                            ppmd -> assertThat(ppmd).contains("PPMd"),
                            unknown -> assertThat(unknown).contains("the method number 77"));
            assertThatThrownBy(() -> archive.read(archive.members().get(2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PPMd");
        }
    }

    @Test
    void encryptedFilesAreNamedAsThat() throws IOException {
        byte[] aes = {0x01, (byte) 0x99, 7, 0, 2, 0, 'A', 'E', 3, 8, 0};
        byte[] zip = new RawZip()
                .with(1, 8, 0, 0)
                .add(bytes("classic"), CONTENT, CONTENT)
                .with(1, 99, 0, 0, aes)
                .add(bytes("aes"), CONTENT, CONTENT)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members().stream()
                            .map(member -> member.objection().orElse("")))
                    .containsExactly(
                            "encrypted with a password; unpack the zip and give the folder",
                            "encrypted with a password (AES); unpack the zip and give the folder");
        }
    }

    @Test
    void namesAreThoseOfTheFlagTheExtraFieldOrTheEncodingThatFitsAll() throws IOException {
        byte[] old = "identit\u00e9/\u00e91.png".getBytes(java.nio.charset.Charset.forName("IBM437"));
        byte[] zip = new RawZip()
                .add(old, CONTENT, CONTENT)
                .with(UTF_8, 0, 3, 0)
                .add("猫.png", "UTF-8", CONTENT)
                .with(0, 0, 0, 0, unicodeName("?.png", "猫🐈.png"))
                .add("?.png", "IBM437", CONTENT)
                .with(0, 0, 0, 0, unicodeName("before.png", "renamed.png"))
                .add("after.png", "IBM437", CONTENT)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members())
                    .extracting(ZipMember::name)
                    .containsExactly("identité/é1.png", "猫.png", "猫🐈.png", "after.png");
            assertThat(archive.note())
                    .hasValueSatisfying(note -> assertThat(note).contains("code page 437"));
        }
    }

    /** macOS writes UTF-8 and does not say so; its names are decomposed. */
    @Test
    void namesThatAreUtf8WithoutTheFlagAreReadAsThat() throws IOException {
        try (ZipArchive archive =
                open(new RawZip().add("cafe\u0301.png", "UTF-8", CONTENT).bytes())) {
            assertThat(archive.members().get(0).name()).isEqualTo("cafe\u0301.png");
            assertThat(archive.note()).isEmpty();
        }
    }

    /** The second byte of 表 in Shift-JIS is that of a backslash. */
    @Test
    void backslashesDivideFoldersButNotCharacters() throws IOException {
        byte[] zip = new RawZip()
                .add("写真\\表示.png", "windows-31j", CONTENT)
                .add("empty\\", "US-ASCII", new byte[0])
                .add("folder/", "US-ASCII", new byte[0])
                .bytes();
        assertThat(names(zip)).containsExactly("写真/表示.png");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        byte[] zip = new RawZip()
                .with(0, 0, 3, 0xa1ff << 16)
                .add("link.png", "UTF-8", bytes("elsewhere.png"))
                .with(0, 0, 3, 0x81a4 << 16)
                .add("file.png", "UTF-8", CONTENT)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.members().get(0).objection()).hasValue("a link, which is not followed");
            assertThat(archive.members().get(1).objection()).isEmpty();
        }
    }

    @Test
    void bytesBeforeAZipAndCommentsBehindItAreNoHindrance() throws IOException {
        RawZip zip = new RawZip().add("a.png", "UTF-8", CONTENT);
        byte[] program = content(3000);
        byte[] comment = bytes("made by hand, with PK\u0005\u0006 in it and more behind that, so that it looks whole");
        try (ZipArchive archive = open(zip.bytes(program, comment))) {
            assertThat(archive.read(archive.members().get(0))).isEqualTo(CONTENT);
        }
    }

    @Test
    void aZipOfNoFilesIsEmpty() throws IOException {
        assertThat(names(new RawZip().bytes())).isEmpty();
    }

    /** Programs of the nineties kept the lowest 16 bits of the number and wrote all entries. */
    @Test
    void moreThan65535EntriesAreReadWithAndWithoutZip64() throws IOException {
        RawZip old = new RawZip();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip64 = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 66_000; i++) {
                byte[] content = {(byte) i};
                old.add("%05d.png".formatted(i), "UTF-8", content);
                zip64.putNextEntry(new ZipEntry("%05d.png".formatted(i)));
                zip64.write(content);
            }
        }
        for (byte[] zip : List.of(old.bytes(), bytes.toByteArray(), old.bytes(new byte[100], new byte[5]))) {
            try (ZipArchive archive = open(zip)) {
                assertThat(archive.members()).hasSize(66_000);
                assertThat(archive.members().get(65_999).name()).isEqualTo("65999.png");
                assertThat(archive.read(archive.members().get(65_999))).containsExactly((byte) 65_999);
            }
        }
    }

    @Test
    void sizesOf64BitsAreRead() throws IOException {
        byte[] extra = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(CONTENT.length)
                .putLong(CONTENT.length)
                .array();
        CRC32 crc = new CRC32();
        crc.update(CONTENT);
        byte[] zip = new RawZip()
                .with(0, 0, 0, 0, extra)
                .add(bytes("large"), CONTENT, (int) crc.getValue(), -1, -1)
                .bytes();
        try (ZipArchive archive = open(zip)) {
            assertThat(archive.read(archive.members().get(0))).isEqualTo(CONTENT);
        }
    }

    @Test
    void whatIsCutOffSaysSo() throws IOException {
        byte[] zip = new RawZip()
                .add("a.png", "UTF-8", CONTENT)
                .add("b.png", "UTF-8", CONTENT)
                .bytes();
        assertRefused(Arrays.copyOf(zip, zip.length / 2), "it is cut off");
        assertRefused(Arrays.copyOf(zip, zip.length - 30), "it is cut off");
        byte[] lost =
                new byte[zip.length - 40]; // the table lacks the end of its last entry, the record behind it is there
        System.arraycopy(zip, 0, lost, 0, zip.length - 62);
        System.arraycopy(zip, zip.length - 22, lost, zip.length - 62, 22);
        assertRefused(lost, "it is damaged: its table of contents has");
        assertRefused(bytes("something else"), "it is no zip file");
        assertRefused(new byte[0], "it is no zip file");
        byte[] last = zip.clone();
        last[last.length - 18] = 2; // the number of this disk
        assertRefused(last, "the last part of a zip that was split into 3");
    }

    @Test
    void aWrongChecksumIsDamage() throws IOException {
        byte[] zip = new RawZip().add("a.png", "UTF-8", CONTENT).bytes();
        zip[200] ^= 1;
        try (ZipArchive archive = open(zip)) {
            assertThatThrownBy(() -> archive.read(archive.members().get(0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void manyThreadsReadAtATimeAndOneThatIsInterruptedHarmsNoOther() throws IOException {
        RawZip zip = new RawZip();
        for (int i = 0; i < 200; i++) {
            byte[] content = content(1000 + i);
            zip.with(0, i % 2 * 8, 0, 0)
                    .add(bytes("f" + i), content, i % 2 == 0 ? content : PackedContent.by(8, content));
        }
        try (ZipArchive archive = open(zip.bytes())) {
            boolean[] right = new boolean[2000];
            IntStream.range(0, right.length).parallel().forEach(i -> {
                if (i % 50 == 0) {
                    Thread.currentThread().interrupt();
                }
                try {
                    right[i] = Arrays.equals(archive.read(archive.members().get(i % 200)), content(1000 + i % 200));
                } catch (IOException e) {
                    right[i] = false;
                } finally {
                    Thread.interrupted();
                }
            });
            assertThat(right).containsOnly(true);
        }
    }

    private void assertRefused(byte[] zip, String reason) {
        assertThatThrownBy(() -> open(zip).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The extra field 0x7075 (Info-ZIP). */
    private static byte[] unicodeName(String of, String name) {
        CRC32 crc = new CRC32();
        crc.update(of.getBytes(StandardCharsets.ISO_8859_1));
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(9 + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x7075)
                .putShort((short) (5 + utf8.length))
                .put((byte) 1)
                .putInt((int) crc.getValue())
                .put(utf8)
                .array();
    }
}
