package org.saddlepoint.data.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.DataException;

class NameDecoderTest {
    private static byte[] stored(String name, String charset) {
        return name.getBytes(Charset.forName(charset));
    }

    @Test
    void validUtf8IsReadAsThatAndNeedsNoNote() {
        List<byte[]> names = List.of(stored("図/猫 🐈.png", "UTF-8"), stored("plain.png", "UTF-8"));
        NameDecoder decoder = NameDecoder.of(names);
        assertThat(names.stream().map(decoder::decode)).containsExactly("図/猫 🐈.png", "plain.png");
        assertThat(decoder.note()).isEmpty();
    }

    @Test
    void anotherEncodingIsSaidWithHowToStateItsName() {
        NameDecoder decoder = NameDecoder.of(List.of(stored("写真/ひまわり.png", "windows-31j")));
        assertThat(decoder.note()).hasValueSatisfying(note -> assertThat(note)
                .contains("read as Shift-JIS", "SADDLEPOINT_FILE_NAMES=GBK"));
    }

    /** An archive to which two programs added files. */
    @Test
    void namesInUtf8StayWhatTheyAreAmongOthers() {
        byte[] utf8 = stored("図/猫.png", "UTF-8");
        byte[] german = stored("Übung/größe.png", "IBM850");
        NameDecoder decoder = NameDecoder.of(List.of(utf8, german));
        assertThat(decoder.decode(utf8)).isEqualTo("図/猫.png");
        assertThat(decoder.decode(german)).isEqualTo("Übung/größe.png");
    }

    /** These bytes are valid UTF-8 by chance; the other names of the archive tell what they are. */
    @Test
    void aNameThatIsUtf8ByChanceFollowsTheOthers() {
        byte[] both = {(byte) 0xd0, (byte) 0xa1}; // С in UTF-8, 小 in GBK
        assertThat(NameDecoder.utf8(both)).hasValue("С");
        NameDecoder decoder = NameDecoder.of(List.of(both, stored("训练集/汽车.png", "GBK")));
        assertThat(decoder.decode(both)).isEqualTo("小");
    }

    @Test
    void oddLettersInUtf8AreChineseNames() {
        byte[] both = stored("图片", "GBK");
        assertThat(NameDecoder.utf8(both)).hasValue("ͼƬ");
        assertThat(NameDecoder.of(List.of(both)).decode(both)).isEqualTo("图片");
        for (String name :
                new String[] {"è.png", "ảnh/mèo ư.png", "știință.png", "n°3 ½.png", "كلب.png", "ghép ảnh ơ.png"}) {
            byte[] utf8 = stored(name, "UTF-8");
            assertThat(NameDecoder.of(List.of(utf8)).decode(utf8)).isEqualTo(name);
        }
    }

    @Test
    void theEncodingCanBeStated() {
        byte[] name = stored("猫.png", "GBK");
        NameDecoder decoder = NameDecoder.of(List.of(name), Optional.of(" gbk"));
        assertThat(decoder.decode(name)).isEqualTo("猫.png");
        assertThat(decoder.note()).hasValueSatisfying(note -> assertThat(note).contains("read as GBK"));
        assertThatThrownBy(() -> NameDecoder.of(List.of(), Optional.of("klingon")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("SADDLEPOINT_FILE_NAMES is \"klingon\"; expected an encoding");
    }

    /** Two names that differ in such bytes stay different. */
    @Test
    void bytesThatMeanNothingAreShownAsNumbers() {
        NameDecoder decoder = NameDecoder.of(List.of(), Optional.of("windows-1252"));
        assertThat(decoder.decode(new byte[] {'a', (byte) 0x81, (byte) 0xe9})).isEqualTo("a%81é");
        assertThat(decoder.decode(new byte[] {'a', (byte) 0x8d, (byte) 0xe9})).isEqualTo("a%8dé");
        NameDecoder utf8 = NameDecoder.of(List.of(), Optional.of("UTF-8"));
        byte[] broken = "a猫".getBytes(StandardCharsets.UTF_8);
        broken[3] = 'x';
        assertThat(utf8.decode(broken)).isEqualTo("a%e7%8cx");
    }

    @Test
    void composedAndDecomposedNamesAreEqual() {
        assertThat(ComposedNames.of("cafe\u0301.png")).isEqualTo("caf\u00e9.png");
        assertThat(ComposedNames.of("\u1112\u1161\u11ab.png")).isEqualTo("한.png");
        assertThat(ComposedNames.of("plain.png")).isEqualTo("plain.png");
    }
}
