package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.synthetic.FunnelTransport;

class DataSourcesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "digits, 10000, 784",
        "fashion, 10000, 784",
        "emoji, 1890, 3072",
        "stacked-digits, 100000, 2352",
        "ring8, 100000, 2",
        "grid25, 100000, 2",
        "swissroll, 100000, 2",
        "'funnels:2,4', 100000, 2",
        "'funnels:16,4', 100000, 16"
    })
    void opensByName(String spec, int size, int elements) {
        try (Dataset data = DataSources.open(spec, DataOptions.DEFAULT)) {
            assertThat(data.name()).isEqualTo(spec);
            assertThat(data.size()).isEqualTo(size);
            assertThat(data.shape().elements()).isEqualTo(elements);
        }
    }

    @Test
    void opensFiles() throws IOException {
        Path csv = Files.writeString(folder.resolve("p.csv"), "1,2,3\n");
        Path images =
                Files.write(folder.resolve("i"), new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6});
        Path labels = Files.write(folder.resolve("l"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 1});
        assertThat(open("csv:" + csv).shape()).isEqualTo(new PointShape(3));
        assertThat(open("idx:" + images).shape()).isEqualTo(new ImageShape(1, 1, 2));
        assertThat(open("idx:" + images + "," + labels).classNames()).containsExactly("0", "1");
    }

    @Test
    void csvHoldsImagesWhereItsFirstLineSaysSo() throws IOException {
        ImageIO.write(
                new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("a.png").toFile());
        Path images = Files.writeString(folder.resolve("i.csv"), "file,label\na.png,black\n");
        Path points = Files.writeString(folder.resolve("p.csv"), "x,y\n1,2\n");
        try (Dataset data = open("csv:" + images)) {
            assertThat(data.shape()).isEqualTo(new ImageShape(1, 9, 9));
            assertThat(data.classNames()).containsExactly("black");
        }
        assertThat(DataSources.givesPoints("csv:" + images)).isFalse();
        assertThat(DataSources.givesPoints("csv:" + points)).isTrue();
        assertThat(DataSources.givesPoints("csv:" + folder.resolve("absent.csv")))
                .isTrue();
    }

    @Test
    void opensBothPartsOfCifar() throws IOException {
        String names = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        Files.writeString(folder.resolve("batches.meta.txt"), names);
        Files.write(folder.resolve("test_batch.bin"), new byte[10_000 * 3073]);
        try (Dataset data = open("cifar10:" + folder + ",test")) {
            assertThat(data.size()).isEqualTo(10_000);
            assertThat(data.shape()).isEqualTo(new ImageShape(3, 32, 32));
            assertThat(data.name()).isEqualTo("cifar10:" + folder + ",test");
        }
        assertRefused("cifar10:" + folder, "data_batch_1.bin does not exist");
        assertRefused("cifar100:" + folder, "fine_label_names.txt does not exist");
        assertRefused("cifar10:", "was given no file");
        assertRefused("stl10:" + folder, "train_X.bin does not exist");
        assertRefused("stl10:" + folder + ",test", "test_X.bin does not exist");
        assertRefused("stl10:" + folder + ",unlabelled", "unlabeled_X.bin does not exist");
        assertRefused("lsun:" + folder, "there is no LMDB at " + folder + "; expected a folder with data.mdb");
        assertRefused("lmdb:" + folder.resolve("absent"), "there is no LMDB at ");
    }

    @Test
    void opensFoldersWithTheFormatAskedFor() throws IOException {
        ImageIO.write(
                new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("a.png").toFile());
        DataOptions options =
                DataOptions.DEFAULT.withImageFormat(ImageFormat.ofSize(4).withChannels(3));
        try (Dataset data = DataSources.open(folder.toString(), options)) {
            assertThat(data.shape()).isEqualTo(new ImageShape(3, 4, 4));
        }
    }

    @Test
    void seedsReachTheSyntheticSources() {
        assertThat(DataSources.open("ring8", DataOptions.DEFAULT.withSeed(1)).fingerprint())
                .isNotEqualTo(open("ring8").fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "digts, digits",
        "Fashion, fashion",
        "ring, ring8",
        "cvs:points.csv, csv:FILE",
        "'funnel:2,4', 'funnels:D,N'",
        "idz:/a/b, 'idx:FILE[,LABELS]'"
    })
    void suggestsTheNearestName(String given, String expected) {
        assertThatThrownBy(() -> open(given))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unknown data \"" + given + "\"; did you mean " + expected + "?");
    }

    @Test
    void opensPairs() throws IOException {
        DataOptions pairs = DataOptions.DEFAULT.withPairFormat(
                new PairFormat(8, 8, true, OptionalInt.empty(), OptionalInt.empty()));
        Path a = Files.createDirectories(folder.resolve("a, once"));
        Path b = Files.createDirectories(folder.resolve("b,test"));
        for (int i = 0; i < 10; i++) {
            for (Path side : List.of(a, b)) {
                ImageIO.write(
                        new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY),
                        "png",
                        side.resolve("%03d.png".formatted(i)).toFile());
            }
        }
        // of 000 to 009 the names 001, 006 and 008 are held out
        assertThat(size("paired:" + a + "," + b, pairs)).isEqualTo(10);
        assertThat(size("paired:" + a + "," + b + ",test", pairs)).isEqualTo(3);
        assertThat(size("unpaired:" + b + "," + a + ",train", pairs)).isEqualTo(7);
        assertThat(size("colorize:" + a + ",test", pairs)).isEqualTo(3);
        assertThat(size("colorize:" + b, pairs)).isEqualTo(10);
        assertThat(size("paired-ab:" + b + ",train", pairs)).isEqualTo(7);
        for (String spec : List.of("paired:x,y", "paired-ab:x", "unpaired:x,y", "colorize:x")) {
            assertThat(DataSources.givesPairs(spec)).isTrue();
            assertThat(DataSources.givesPoints(spec)).isFalse();
        }
        assertThat(DataSources.givesPairs("digits")).isFalse();
        assertThatThrownBy(() -> size("paired:x,y,test", pairs))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("the folder x does not exist");
        assertThatThrownBy(() -> size("unpaired:x", pairs))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("was given \"x\"; expected two folders or zips, such as unpaired:A,B");
    }

    private static int size(String spec, DataOptions options) {
        try (Dataset data = DataSources.open(spec, options)) {
            assertThat(data.shape()).isEqualTo(new PairShape(new ImageShape(1, 8, 8), new ImageShape(1, 8, 8)));
            return data.size();
        }
    }

    @Test
    void pairsAndSingleExamplesAreNotTakenForEachOther() {
        assertRefused("colorize:" + folder, "holds pairs of pictures", "give one of its folders");
        DataOptions pairs = DataOptions.DEFAULT.withPairFormat(PairFormat.PAPER);
        for (String spec : List.of("digits", folder.toString())) {
            assertThatThrownBy(() -> DataSources.open(spec, pairs))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(spec + " holds single examples")
                    .hasMessageContaining("give paired:A,B");
        }
    }

    @Test
    void listsWhatIsKnown() {
        assertThatThrownBy(() -> open("qqqqqqqqqqqq"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unknown data \"qqqqqqqqqqqq\". Known are digits, fashion, emoji, stacked-digits,"
                        + " emoji-pairs[,train|,test], ring8")
                .hasMessageContaining("csv:FILE");
    }

    @Test
    void namesWhatIsWrongWithAPath() throws IOException {
        assertRefused(folder.resolve("absent").toString(), "absent does not exist");
        assertRefused(folder.resolve("absent.zip").toString(), "absent.zip does not exist");
        Path csv = Files.writeString(folder.resolve("p.csv"), "1,2,3\n");
        assertRefused(csv.toString(), "is a file", "csv:" + csv);
        assertRefused("csv:", "was given no file");
        assertRefused("", "unknown data");
    }

    @Test
    void funnelsAreOneProblemWhateverTheSeedOfTheirPoints() {
        assertThat(open("funnels:2,4").fingerprint())
                .isEqualTo(FunnelTransport.PUBLISHED.sampleP(100_000, 0).fingerprint());
        assertThat(DataSources.open("funnels:3,5", DataOptions.DEFAULT.withSeed(7))
                        .fingerprint())
                .isEqualTo(FunnelTransport.standard(3, 5).sampleP(100_000, 7).fingerprint());
        assertThat(DataSources.givesPoints("funnels:16,4")).isTrue();
    }

    @Test
    void namesWhatIsWrongWithFunnels() {
        assertRefused("funnels:", "\"\"", "such as funnels:2,4");
        assertRefused("funnels:2", "\"2\"", "expected dimensions and number of funnels");
        assertRefused("funnels:2,4,8", "\"2,4,8\"", "expected dimensions and number of funnels");
        assertRefused("funnels:0,4", "\"0\" as its dimensions", "whole number in [1, 512]");
        assertRefused("funnels:513,4", "\"513\" as its dimensions", "whole number in [1, 512]");
        assertRefused("funnels:2,", "\"\" as its number of funnels", "whole number in [1, 1024]");
        assertRefused("funnels:2,many", "\"many\" as its number of funnels", "whole number in [1, 1024]");
    }

    private static void assertRefused(String spec, String... parts) {
        assertThatThrownBy(() -> open(spec)).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    private static Dataset open(String spec) {
        return DataSources.open(spec, DataOptions.DEFAULT);
    }
}
