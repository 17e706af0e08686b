package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.inspection.DuplicateSearch.Copy;

class DuplicateSearchTest {
    private static final int ORIGINALS = 60;

    enum Change {
        COMPRESSED,
        SMALLER,
        LARGER,
        BRIGHTER,
        DARKER,
        MOVED,
        ALL_AT_ONCE;

        BufferedImage of(BufferedImage image) throws Exception {
            return switch (this) {
                case COMPRESSED -> Motifs.recompressed(image, 0.75f);
                case SMALLER -> Motifs.resized(Motifs.resized(image, 0.94), 1 / 0.94);
                case LARGER -> Motifs.resized(Motifs.resized(image, 1.1), 1 / 1.1);
                case BRIGHTER -> Motifs.brighter(image, 1.05);
                case DARKER -> Motifs.brighter(image, 0.95);
                case MOVED -> Motifs.moved(image, 1, -1);
                case ALL_AT_ONCE -> Motifs.recompressed(Motifs.brighter(Motifs.moved(image, -1, 0), 0.95), 0.85f);
            };
        }
    }

    private static List<Copy> copies(List<BufferedImage> images) {
        return DuplicateSearch.among(images.stream().map(Motifs::traits).toList(), SurveyProgress.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedCopyIsFoundAndNothingElse(Change change) throws Exception {
        for (int side : new int[] {28, 64}) {
            List<BufferedImage> images = new ArrayList<>(Motifs.motifs(ORIGINALS, side));
            for (int i = 0; i < 20; i++) {
                images.add(change.of(images.get(3 * i)));
            }
            assertThat(copies(images))
                    .as("%d pixels", side)
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(i -> new Copy(ORIGINALS + i, 3 * i, false))
                            .toList());
        }
    }

    @Test
    void equalSamplesAreExactCopies() {
        List<BufferedImage> images = new ArrayList<>(Motifs.motifs(5, 32));
        images.add(2, Motifs.motif(4, 32, 32));
        images.add(Motifs.motif(4, 32, 32));
        assertThat(copies(images)).containsExactly(new Copy(5, 2, true), new Copy(6, 2, true));
    }

    /** Such as the hands of a clock, or the same drawing in another colour. */
    @Test
    void aSmallPlaceOrTheColourMakesAnotherPicture() {
        BufferedImage first = Motifs.motif(1, 64, 64);
        BufferedImage dotted = Motifs.motif(1, 64, 64);
        Graphics2D graphics = dotted.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(20, 20, 7, 7);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(22, 22, 3, 3);
        graphics.dispose();
        assertThat(copies(List.of(first, dotted))).isEmpty();

        BufferedImage swapped = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            // blue instead of red, of the same luma
            int grey = i % 64 < 32 ? 60 : 40;
            first.setRGB(i % 64, i / 64, (int) (grey / 0.299) << 16);
            swapped.setRGB(i % 64, i / 64, grey << 16 | grey << 8 | Math.min(255, grey));
        }
        assertThat(copies(List.of(first, swapped))).isEmpty();
    }

    @Test
    void theLargestOfAGroupIsKeptThenTheFirst() {
        BufferedImage image = Motifs.motif(7, 32, 32);
        List<List<Traits>> examples = new ArrayList<>();
        examples.add(Motifs.traits(Motifs.moved(image, 1, 0)));
        examples.add(Motifs.traits(image));
        Traits same = examples.get(1).get(0);
        Traits.File larger = new Traits.File(320, 320, false);
        examples.add(List.of(
                new Traits(larger, "other", same.grey(), same.evenness(), same.sharpness(), same.appearance())));
        assertThat(DuplicateSearch.among(examples, SurveyProgress.NONE))
                .containsExactly(new Copy(0, 2, false), new Copy(1, 2, false));
        assertThat(DuplicateSearch.among(examples.subList(0, 2), SurveyProgress.NONE))
                .containsExactly(new Copy(1, 0, false));
    }

    /** Each picture of a slow film is near the next, but the last is not near the first. */
    @Test
    void filmsAreNoSingleGroup() {
        BufferedImage wide = Motifs.motif(9, 128, 64);
        List<BufferedImage> film = IntStream.range(0, 60)
                .mapToObj(i -> wide.getSubimage(i, 0, 64, 64))
                .toList();
        List<Copy> copies = copies(film);
        assertThat(copies).isNotEmpty().hasSizeLessThan(58);
        assertThat(copies).allSatisfy(copy -> assertThat(Math.abs(copy.index() - copy.of()))
                .isLessThan(5));
        List<Integer> dropped = copies.stream().map(Copy::index).toList();
        assertThat(copies).noneMatch(copy -> dropped.contains(copy.of()));
    }

    @Test
    void ofPairsBothSidesMustAgree() throws Exception {
        BufferedImage a = Motifs.motif(1, 32, 32);
        BufferedImage b = Motifs.motif(2, 32, 32);
        List<List<Traits>> pairs = List.of(
                Motifs.traits(a, b),
                Motifs.traits(a, Motifs.motif(3, 32, 32)),
                Motifs.traits(Motifs.motif(4, 32, 32), b),
                Motifs.traits(Motifs.recompressed(a, 0.8f), Motifs.recompressed(b, 0.8f)));
        assertThat(DuplicateSearch.among(pairs, SurveyProgress.NONE)).containsExactly(new Copy(3, 0, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 40})
    void anySizeCanBeCompared(int side) {
        List<BufferedImage> images = new ArrayList<>(Motifs.motifs(3, side));
        images.add(Motifs.motif(1, side, side));
        assertThat(copies(images)).contains(new Copy(3, 1, true));
    }

    /** What each is compared with must not grow with their number: a thousand equal greys and a thousand near ones. */
    @Test
    void manyAlikeAreOneGroup() {
        List<List<Traits>> examples = new ArrayList<>();
        BufferedImage image = Motifs.motif(5, 16, 16);
        for (int i = 0; i < 1000; i++) {
            BufferedImage copy = Motifs.moved(image, 0, 0);
            copy.setRGB(i % 16, i / 16 % 16, copy.getRGB(i % 16, i / 16 % 16) ^ 0x010101);
            examples.add(Motifs.traits(copy));
            examples.add(Motifs.traits(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB)));
        }
        List<Copy> copies = DuplicateSearch.among(examples, SurveyProgress.NONE);
        assertThat(copies).hasSize(1998);
        assertThat(copies.stream().filter(copy -> !copy.exact()).map(Copy::of).distinct())
                .containsExactly(0);
        assertThat(copies.stream().filter(Copy::exact)).hasSize(999 + 1000 - 256);
    }
}
