package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.NoSuchDataException;

/** Data's words taken apart, and put together with other paths. */
class DataSpecTest {
    @TempDir
    private Path folder;

    /** A line: what is there, the word, the paths that are meant. {@code @} stands for the folder. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a     | @/a                       | @/a           |",
                "a,test| @/a,test                  | @/a,test      |",
                "a b   | idx:@/a,@/b               | @/a @/b       |",
                "a,b   | idx:@/a,b                 | @/a,b         |",
                "d,/a d,/b | idx:@/d,/a,@/d,/b     | @/d,/a @/d,/b |",
                "-     | idx:@/d,e/a,@/d,e/b       | @/d,e/a @/d,e/b |",
                "-     | idx:a,b                   | a b           |",
                "a     | idx:@/a,@/absent          | @/a @/absent  |",
                "a     | cifar10:@/a,test          | @/a           | ,test",
                "a,test| cifar100:@/a,test         | @/a,test      |",
                "-     | cifar10:a,train           | a,train       |",
                "a,b   | csv:@/a,b                 | @/a,b         |",
                "a b   | paired:@/a,@/b,test       | @/a @/b       | ,test",
                "a b,test | paired:@/a,@/b,test    | @/a @/b,test  |",
                "a b   | unpaired:@/a,@/b,train    | @/a @/b       | ,train",
                "a,c b | unpaired:@/a,c,@/b        | @/a,c @/b     |",
                "a     | paired-ab:@/a,train       | @/a           | ,train",
                "-     | colorize:a,test           | a             | ,test"
            })
    void pathsAndPartAreFound(String there, String spec, String paths, String part) throws IOException {
        for (String name : there.split(" ")) {
            Path place = folder.resolve(name.equals("-") ? "other" : name);
            Files.createDirectories(place.getParent());
            Files.createDirectories(place);
        }
        DataSpec found = DataSpec.of(here(spec));
        assertThat(String.join(" ", found.paths())).isEqualTo(here(paths));
        assertThat(found.part()).isEqualTo(part == null ? "" : part);
        assertThat(found.text()).as("as it was written").isEqualTo(here(spec));
    }

    private String here(String text) {
        return text.strip().replace("@", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits",
                "fashion",
                "emoji",
                "emoji-pairs",
                "emoji-pairs,test",
                "ring8",
                "grid25",
                "swissroll",
                "funnels:2,4"
            })
    void wordsStayAsTheyAre(String word) {
        DataSpec spec = DataSpec.of(word);
        assertThat(spec.paths()).isEmpty();
        assertThat(spec.absolute().text()).isEqualTo(word);
        assertThat(spec.from(folder)).isEmpty();
        assertThat(spec.isAbsent()).isFalse();
    }

    @Test
    void everyKnownSchemeIsTakenApart() {
        for (DataSources.Source source : DataSources.known()) {
            if (source.isScheme() && !source.key().equals("funnels:")) {
                DataSpec spec = DataSpec.of(source.key() + "a,b");
                assertThat(spec.scheme()).isEqualTo(source.key());
                assertThat(spec.absolute().text())
                        .isEqualTo(source.key()
                                + String.join(
                                        ",",
                                        spec.paths().stream()
                                                .map(path -> Path.of(path)
                                                        .toAbsolutePath()
                                                        .toString())
                                                .toList()));
            }
        }
        assertThatThrownBy(() -> DataSpec.of("paired:a"))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("expected two folders or zips, such as paired:A,B");
    }

    @Test
    void absolutePathsHaveNoDotsUnlessALinkIsBefore() throws IOException {
        Path a = Files.createDirectories(folder.resolve("x/a"));
        Files.createDirectories(folder.resolve("y/deep"));
        assertThat(DataSpec.of(folder + "/./y/../x/a").absolute().paths()).containsExactly(a.toString());
        Files.createSymbolicLink(folder.resolve("x/link"), folder.resolve("y/deep"));
        Path beside = Files.createDirectory(folder.resolve("y/a"));
        assertThat(DataSpec.of(folder + "/x/link/../a").absolute().paths())
                .as("beside what the link leads to")
                .containsExactly(beside.toRealPath().toString());
        assertThat(DataSpec.of("no\0path").absolute().paths()).containsExactly("no\0path");
    }

    @Test
    void pathsAreSeenFromAFolder() throws IOException {
        Files.createDirectories(folder.resolve("data/a"));
        Files.createDirectories(folder.resolve("b"));
        Path run = folder.resolve("runs/one");
        DataSpec spec = DataSpec.of("paired:" + folder.resolve("data/a") + "," + folder.resolve("b") + ",train");
        assertThat(spec.from(run)).containsExactly("../../data/a", "../../b");
        assertThat(DataSpec.of("x").from(Path.of("runs", "one"))).containsExactly("../../x");
        Path other = Path.of("/other/run");
        List<String> seen = List.of("../a", "../b");
        assertThat(DataSpec.of(spec.text(), other, seen).map(DataSpec::text))
                .hasValue("paired:" + Path.of("/other/a") + "," + Path.of("/other/b") + ",train");
        assertThat(DataSpec.of("idx:/x,y/a,/x,y/b", other, seen).map(DataSpec::text))
                .hasValue("idx:" + Path.of("/other/a") + "," + Path.of("/other/b"));
        assertThat(DataSpec.of(spec.text(), other, List.of("../a", "../c"))).isEmpty();
        assertThat(DataSpec.of("/home/me", other, List.of("..")).map(DataSpec::text))
                .as("around the run, whatever it is called now")
                .hasValue(Path.of("/other").toString());
    }
}
