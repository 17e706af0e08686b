package org.saddlepoint.data.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameEncodingTest {

    /**
     * Realistic names, in each line the charsets that programs write them in, then the names of one archive. A few short ones
     * are names in two languages at once; for the same list the detectors of juniversalchardet and ICU find 97 and 79 of 309.
     */
    @Test
    void findsTheEncodingOfNearlyAllRealisticArchives() throws IOException {
        List<String> wrong = new ArrayList<>();
        int archives = 0;
        for (String line : resource("/names/encodings.tsv")) {
            String[] fields = line.split("\t", -1);
            List<String> names = List.of(fields).subList(1, fields.length);
            for (String charset : fields[0].split(",", -1)) {
                archives++;
                List<String> read = read(names, charset);
                if (!read.equals(names)) {
                    wrong.add(charset + " " + names + " read as " + read);
                }
            }
        }
        assertThat(archives).isEqualTo(309);
        assertThat(wrong).hasSizeLessThanOrEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({
        "IBM437, identité/é1.png",
        "IBM850, Übung/größe.png",
        "windows-1252, Übung/größe.png",
        "windows-31j, データ/猫.png",
        "GBK, 图片/猫.png",
        "x-windows-950, 圖片/貓.png",
        "x-windows-949, 사진/고양이.png",
        "IBM866, собаки/пёс.jpg"
    })
    void findsTheEncodingOfAFewShortNames(String charset, String name) {
        assertThat(read(List.of(name), charset)).containsExactly(name);
    }

    private static List<String> read(List<String> names, String charset) {
        List<byte[]> stored = names.stream()
                .map(name -> name.getBytes(Charset.forName(charset)))
                .toList();
        assertThat(stored.stream()
                        .map(name -> new String(name, Charset.forName(charset)))
                        .toList())
                .isEqualTo(names);
        NameDecoder decoder = NameDecoder.of(stored);
        return stored.stream().map(decoder::decode).toList();
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NameEncodingTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
