package org.saddlepoint;

import org.saddlepoint.data.images.Picture;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.training.PictureTranslation;

/**
 * Images that a {@link TrainedTranslator} translates one after the other, as the command {@code translate} does with a folder:
 * dropout, where it is in use, goes on from one image to the next. For one thread; other threads may have other series.
 */
public final class TranslationSeries {
    private final TrainedTranslator translator;
    private final TranslateOptions options;
    private final PictureTranslation tiles;
    private final DropoutSource.Position position;

    TranslationSeries(TrainedTranslator translator, TranslateOptions options) {
        this.translator = translator;
        this.options = options;
        TranslatorConfig config = translator.recipe().translator();
        this.tiles = new PictureTranslation(
                images -> translator.forward(images, options.direction()),
                config.multiple(),
                config.smallest(),
                options.tile());
        this.position = new DropoutSource.Position(options.seed());
    }

    /**
     * Translates the next image.
     *
     * @param picture of the translator's channels
     * @return as large
     * @throws RequestException if it has other channels
     * @throws IllegalStateException if the translator is closed
     */
    public Picture translate(Picture picture) {
        int channels = translator.channels(options.direction());
        if (picture.channels() != channels) {
            throw new RequestException(
                    "this way images of " + channels + " channels are translated but one had " + picture.channels());
        }
        int height = picture.height();
        int width = picture.width();
        float[] made =
                translator.withDropout(position, () -> tiles.translate(picture.values(), channels, height, width));
        return new Picture(made.length / (height * width), height, width, made);
    }
}
