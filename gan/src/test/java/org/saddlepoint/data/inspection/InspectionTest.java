package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.pairs.PairPart;
import org.saddlepoint.data.pairs.PairedImages;
import org.saddlepoint.data.pairs.UnpairedImages;

class InspectionTest {
    private static final ImageFormat AT_32 = ImageFormat.ofSize(32).withUpscale(true);

    @TempDir
    private Path temp;

    private void write(String name, BufferedImage image) {
        Images.write(temp.resolve(name), Images.encode(image, name.endsWith("jpg") ? "jpeg" : "png"));
    }

    /** {@code count} different pictures of 40×40. */
    private void writeMotifs(int count) {
        for (int i = 0; i < count; i++) {
            write("%03d.png".formatted(i), Motifs.motif(i, 40, 40));
        }
    }

    private static Inspection of(Dataset data) {
        return Inspection.of(data, "S", SurveyProgress.NONE);
    }

    private Inspection inspected(ImageFormat format) {
        try (ImageCollection data = ImageCollection.folder(temp, format, 0, Links.INSIDE)) {
            return of(data);
        }
    }

    private static Finding finding(Inspection inspection, String kind) {
        return inspection.findings().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Inspection inspection, String kind) {
        return finding(inspection, kind).affected().stream()
                .map(Finding.Affected::name)
                .toList();
    }

    private static Map<String, Integer> counts(Inspection inspection) {
        return inspection.findings().stream()
                .filter(finding -> finding.count() > 0)
                .collect(Collectors.toMap(Finding::kind, Finding::count));
    }

    @Test
    void handwrittenDigitsHaveNoFault() {
        try (Dataset digits = EmbeddedDatasets.digits(ImageFormat.AS_STORED)) {
            Inspection found = of(digits);
            assertThat(counts(found)).isEmpty();
            assertThat(found.advice()).isEmpty();
            assertThat(found.examples()).isEqualTo(10_000);
            assertThat(found.findings())
                    .extracting(Finding::kind)
                    .contains("exact-copies", "near-copies", "blurred", "one-colour", "unequal-classes");
        }
    }

    /** Two garments that were photographed twice, and one that comes twice: looked at, they are copies. */
    @Test
    void ofTenThousandGarmentsThreeAreCopies() {
        try (Dataset fashion = EmbeddedDatasets.fashion(ImageFormat.AS_STORED)) {
            Inspection found = of(fashion);
            assertThat(counts(found)).isEqualTo(Map.of("exact-copies", 1, "near-copies", 2));
            assertThat(names(found, "exact-copies")).containsExactly("#8856");
            assertThat(names(found, "near-copies")).containsExactly("#7615", "#9163");
        }
    }

    @Test
    void differentPicturesHaveNoFault() {
        writeMotifs(60);
        assertThat(counts(inspected(AT_32))).isEmpty();
    }

    @Test
    void copiesAreFoundWithTheirOriginalsAndTheCommandThatRemovesThem() throws IOException {
        writeMotifs(30);
        Files.copy(temp.resolve("007.png"), temp.resolve("exact.png"));
        Images.write(temp.resolve("near.jpg"), Motifs.jpegBytes(Motifs.motif(9, 40, 40), 0.8f));
        Inspection found = inspected(AT_32);
        assertThat(counts(found)).isEqualTo(Map.of("exact-copies", 1, "near-copies", 1));
        assertThat(finding(found, "exact-copies").line())
                .isEqualTo("exact copies of another: 1 of 32 (3.1 %): exact.png (of 007.png)");
        assertThat(names(found, "near-copies")).containsExactly("near.jpg");
        assertThat(found.advice()).hasSize(1);
        assertThat(found.advice().get(0).text()).isEqualTo("remove 1 exact copy, remove 1 near-duplicate");
        assertThat(found.advice().get(0).command()).contains("saddlepoint data prepare S OUT.zip --size 32");
    }

    @Test
    void copiesInAnotherClassAreCounted() throws IOException {
        for (int i = 0; i < 8; i++) {
            write((i % 2 == 0 ? "a/" : "b/") + i + ".png", Motifs.motif(i, 40, 40));
        }
        Files.copy(temp.resolve("a/0.png"), temp.resolve("b/0.png"));
        Finding copies = finding(inspected(AT_32), "exact-copies");
        assertThat(copies.numbers()).containsEntry("inAnotherClass", 1L);
        assertThat(copies.line()).startsWith("exact copies of another, 1 in another class: 1 of 9");
    }

    @Test
    void smallPicturesAreCountedAndNotRefused() {
        writeMotifs(4);
        write("tiny.png", Motifs.motif(50, 20, 31));
        Inspection found = inspected(AT_32);
        assertThat(finding(found, "small").line()).isEqualTo("smaller than 32x32: 1 of 5 (20.0 %): tiny.png (20x31)");
        assertThat(found.advice().get(0).text()).startsWith("leave out 1 picture too small for 32x32");
        assertThat(counts(inspected(ImageFormat.ofSize(16).withUpscale(true)))).doesNotContainKey("small");
        assertThat(inspected(ImageFormat.ofSize(64).withUpscale(true))
                        .advice()
                        .get(0)
                        .command())
                .as("where most are small, others are the fault")
                .contains("saddlepoint train --data S --set images.size=20");
    }

    @Test
    void blurredPicturesAreFoundTheWorstFirst() {
        writeMotifs(40);
        write("blurred.png", Motifs.blurred(Motifs.motif(100, 40, 40), 3));
        write("worse.png", Motifs.blurred(Motifs.motif(101, 40, 40), 7));
        assertThat(names(inspected(AT_32), "blurred")).containsExactly("worse.png", "blurred.png");
    }

    @Test
    void blankPicturesAreFoundEvenWithNoise() {
        writeMotifs(5);
        write("white.png", Images.filled(40, 40, Color.WHITE));
        BufferedImage noisy = Images.filled(40, 40, new Color(120, 90, 60));
        for (int i = 0; i < 1600; i++) {
            noisy.setRGB(i % 40, i / 40, new Color(118 + i * 7 % 5, 88 + i * 11 % 5, 58 + i * 13 % 5).getRGB());
        }
        write("noisy.png", noisy);
        assertThat(names(inspected(AT_32), "one-colour")).containsExactlyInAnyOrder("noisy.png", "white.png");
    }

    @Test
    void shapesAndTheShareThatIsCroppedAreExact() {
        write("square.png", Motifs.motif(1, 40, 40));
        write("long.png", Motifs.motif(2, 100, 40));
        write("twice.png", Motifs.motif(3, 40, 80));
        Inspection found = inspected(AT_32);
        assertThat(finding(found, "extreme-shapes").line())
                .isEqualTo("more than twice as long as wide: 1 of 3 (33.3 %): long.png (100x40)");
        Finding cropped = finding(found, "cropped");
        assertThat(cropped.count()).isEqualTo(2);
        assertThat((double) cropped.numbers().get("meanDiscarded")).isCloseTo((0.6 + 0.5) / 3, within(1e-12));
        assertThat((double) cropped.numbers().get("worstDiscarded")).isCloseTo(0.6, within(1e-12));
        assertThat(cropped.affected().get(0)).hasToString("long.png (60.0 %)");
    }

    @Test
    void transparencyIsCounted() {
        write("opaque.png", Motifs.motif(1, 40, 40));
        BufferedImage image = Images.filled(40, 40, new Color(10, 20, 30));
        image.setRGB(20, 20, new Color(10, 20, 30, 254).getRGB());
        write("pane.png", image);
        assertThat(names(inspected(AT_32), "transparent")).containsExactly("pane.png");
    }

    @Test
    void colourThatASampleMissedIsCountedWithTheCommandThatKeepsIt() {
        for (int i = 0; i < 200; i++) {
            BufferedImage image = Motifs.motif(i, 32, 32);
            for (int p = 0; p < 1024 && i % 10 != 5; p++) {
                int grey = image.getRGB(p % 32, p / 32) & 0xff;
                image.setRGB(p % 32, p / 32, grey * 0x10101);
            }
            write("%03d.png".formatted(i), image);
        }
        Inspection grey = inspected(AT_32.withChannels(1));
        Finding found = finding(grey, "colour-in-grey");
        assertThat(found.count()).isEqualTo(20);
        assertThat(found.of()).isEqualTo(200);
        assertThat(found.numbers()).isEqualTo(Map.of("coloured", 20, "grey", 180));
        assertThat(grey.advice().get(0).command()).contains("saddlepoint train --data S --set images.channels=3");
        Inspection coloured = inspected(AT_32.withChannels(3));
        assertThat(finding(coloured, "grey-in-colour").count()).isEqualTo(180);
        assertThat(coloured.findings()).noneMatch(each -> each.kind().equals("colour-in-grey"));
    }

    @Test
    void damagedFilesAndRareClassesAreCounted() throws IOException {
        for (int i = 0; i < 24; i++) {
            write((i == 23 ? "rare/" : "many/") + i + ".png", Motifs.motif(i, 40, 40));
        }
        byte[] whole = Files.readAllBytes(temp.resolve("many/3.png"));
        Files.write(temp.resolve("many/3.png"), Arrays.copyOf(whole, whole.length / 2));
        Images.write(temp.resolve("many/no.png"), new byte[] {1, 2, 3});
        Images.write(
                temp.resolve("many/notes.txt"), new byte[] {1, 2, 3}); // is no picture and does not claim to be one
        Inspection found = inspected(AT_32);
        assertThat(found.examples()).isEqualTo(23);
        assertThat(found.classes()).isEqualTo(Map.of("many", 22, "rare", 1));
        assertThat(names(found, "left-out")).containsExactlyInAnyOrder("many/3.png", "many/no.png");
        assertThat(finding(found, "left-out").of()).isEqualTo(25);
        assertThat(finding(found, "few-examples").line())
                .isEqualTo("classes with fewer than 2 examples: 1 of 2 (50.0 %): rare (1)");
        assertThat(names(found, "unequal-classes")).containsExactly("rare");
    }

    @Test
    void adviceThatHelpsMostComesFirst() {
        writeMotifs(30);
        write("copy.png", Motifs.motif(3, 40, 40));
        write("tiny.png", Motifs.motif(60, 10, 10));
        write("white.png", Images.filled(40, 40, Color.WHITE));
        write("long.png", Motifs.motif(61, 300, 40));
        List<Advice> advice = inspected(AT_32).advice();
        assertThat(advice)
                .extracting(Advice::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains("too small", "exact copy"),
                        second -> assertThat(second).contains("blank"),
                        third -> assertThat(third).contains("long"));
    }

    @Test
    void pointsAreCountedByModesAlone() {
        try (Dataset ring = GaussianMixture.RING8.sample(800, 1)) {
            Inspection found = of(ring);
            assertThat(found.examples()).isEqualTo(800);
            assertThat(found.classes()).hasSize(8).containsEntry("mode 3", 100);
            assertThat(found.findings())
                    .extracting(Finding::kind)
                    .containsExactly("left-out", "few-examples", "unequal-classes");
            assertThat(found.sheet().isEmpty()).isTrue();
        }
    }

    @Test
    void pairsAreCopiesOnlyIfBothHalvesAre() throws IOException {
        Path a = temp.resolve("a");
        Path b = temp.resolve("b");
        for (int i = 0; i < 6; i++) {
            write("a/" + i + ".png", Motifs.motif(i == 5 ? 1 : i, 40, 40));
            write("b/" + i + ".png", Motifs.motif(i == 5 ? 101 : i == 4 ? 100 : 100 + i, 40, 40));
        }
        PairFormat format = new PairFormat(40, 32, false, OptionalInt.empty(), OptionalInt.empty());
        try (Dataset pairs = PairedImages.paired(a, b, format, PairPart.ALL, 0, Links.INSIDE)) {
            Inspection found = of(pairs);
            assertThat(counts(found)).isEqualTo(Map.of("exact-copies", 1));
            assertThat(names(found, "exact-copies")).containsExactly("5.png");
            assertThat(found.advice().get(0).command()).isEmpty();
            assertThat(found.sheet().tile().width()).isEqualTo(64);
        }
        try (Dataset unpaired = UnpairedImages.open(a, b, format, PairPart.ALL, 0, Links.INSIDE)) {
            Inspection found = of(unpaired);
            assertThat(found.findings().stream().filter(each -> each.count() > 0))
                    .extracting(Finding::line)
                    .containsExactly(
                            "in A, exact copies of another: 1 of 6 (16.7 %): 5.png (of 1.png)",
                            "in B, exact copies of another: 2 of 6 (33.3 %): 4.png (of 0.png), 5.png (of 1.png)");
        }
    }

    @Test
    void theSheetShowsASampleThenTheWorstBesideTheirOriginals() {
        writeMotifs(40);
        write("copy.png", Motifs.motif(3, 40, 40));
        write("white.png", Images.filled(40, 40, Color.WHITE));
        try (ImageCollection data = ImageCollection.folder(temp, AT_32, 0, Links.INSIDE)) {
            ContactSheet sheet = of(data).sheet();
            assertThat(sheet.labels())
                    .containsExactly("sample", "", "", "exact copies", "one colour", "grey in colour");
            assertThat(sheet.rows().get(0).indices()).hasSize(12).startsWith(0, 1);
            assertThat(sheet.rows().get(3).indices()).containsExactly(3, 40);
            float[] pixels = sheet.pixels();
            int elements = 3 * 32 * 32;
            assertThat(pixels).hasSize(6 * 12 * elements);
            int blank = (4 * ContactSheet.COLUMNS) * elements;
            assertThat(Arrays.copyOfRange(pixels, blank, blank + elements)).containsOnly(1);
            assertThat(pixels[blank + elements]).as("no picture").isCloseTo(0x90 / 127.5f - 1, within(1e-6f));
        }
    }

    @Test
    void progressIsToldToTheEnd() {
        writeMotifs(40);
        int[] most = new int[2];
        try (ImageCollection data = ImageCollection.folder(temp, AT_32, 0, Links.INSIDE)) {
            Inspection.of(data, "S", new SurveyProgress() {
                @Override
                public void looked(int done, int all) {
                    assertThat(all).isEqualTo(40);
                    most[0] = Math.max(most[0], done);
                }

                @Override
                public void compared(int done, int all) {
                    most[1] = Math.max(most[1], done);
                }
            });
        }
        assertThat(most).containsExactly(32, 40);
    }
}
