package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledSheetTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void namesStandBesideRowsAndTheSheetIsUnchanged(int channels) {
        SampleSheet sheet = SampleSheet.of(6, channels, 28, 28, 3);
        float[] pixels = new float[6 * channels * 28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.sin(i);
        }
        BufferedImage plain = sheet.render(pixels);
        BufferedImage labelled = new LabelledSheet(sheet, List.of("0", "seven")).render(pixels);
        int margin = labelled.getWidth() - plain.getWidth();
        assertThat(margin).isBetween(20, LabelledSheet.WIDEST);
        assertThat(labelled.getHeight()).isEqualTo(plain.getHeight());
        for (int y = 0; y < plain.getHeight(); y += 7) {
            for (int x = 0; x < plain.getWidth(); x += 7) {
                for (int band = 0; band < channels; band++) {
                    assertThat(labelled.getRaster().getSample(margin + x, y, band))
                            .isEqualTo(plain.getRaster().getSample(x, y, band));
                }
            }
        }
        int first = ink(labelled, margin, 0, plain.getHeight() / 2);
        int second = ink(labelled, margin, plain.getHeight() / 2, plain.getHeight());
        assertThat(first).isPositive();
        assertThat(second).as("a longer name").isGreaterThan(2 * first);
    }

    private static int ink(BufferedImage image, int width, int from, int to) {
        int dark = 0;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                dark += image.getRaster().getSample(x, y, 0) < 128 ? 1 : 0;
            }
        }
        return dark;
    }

    @Test
    void longNamesAreCut() {
        SampleSheet sheet = SampleSheet.of(1, 1, 28, 28, 1);
        BufferedImage image = new LabelledSheet(sheet, List.of("a very long name ".repeat(9))).render(new float[784]);
        assertThat(image.getWidth() - sheet.render(new float[784]).getWidth())
                .isBetween(LabelledSheet.WIDEST / 2, LabelledSheet.WIDEST);
    }

    @Test
    void aLineStandsBelow() {
        SampleSheet sheet = SampleSheet.of(1, 1, 28, 28, 1);
        BufferedImage plain = sheet.render(new float[784]);
        BufferedImage image = new LabelledSheet(sheet, List.of(), "gan · step 5").render(new float[784]);
        assertThat(image.getWidth()).isEqualTo(plain.getWidth());
        assertThat(image.getHeight() - plain.getHeight()).isBetween(20, 60);
        assertThat(ink(image, image.getWidth(), plain.getHeight(), image.getHeight()))
                .isPositive();
    }

    @Test
    void whatIsTooLongLosesItsMiddle() {
        FontMetrics metrics = SheetText.metrics(SheetText.font(20));
        assertThat(SheetText.fit("short", metrics, 200)).isEqualTo("short");
        String fitted = SheetText.fit("a name that goes on and on, part 17", metrics, 200);
        assertThat(fitted).matches("a nam.*….*17");
        assertThat(metrics.stringWidth(fitted)).isBetween(150, 200);
        assertThat(SheetText.fit("anything", metrics, 0)).isEqualTo("…");
    }

    @Test
    void whatNoFontHasIsEscapedAndAllElseSurvives() {
        Font font = SheetText.font(20);
        assertThat(SheetText.displayable("Grüße, Ж 3", font)).isEqualTo("Grüße, Ж 3");
        assertThat(SheetText.displayable("a\nb\uE123\u0007", font)).isEqualTo("a\\u000ab\\ue123\\u0007");
        String kanji = "\u5b57";
        assertThat(SheetText.displayable(kanji, font)).isEqualTo(font.canDisplayUpTo(kanji) < 0 ? kanji : "\\u5b57");
    }

    @Test
    void refusesAnotherNumberOfNames() {
        SampleSheet sheet = SampleSheet.of(5, 1, 28, 28, 2);
        assertThatThrownBy(() -> new LabelledSheet(sheet, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names must be one for each of the 3 rows but were 2");
    }
}
