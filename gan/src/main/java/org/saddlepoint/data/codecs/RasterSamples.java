package org.saddlepoint.data.codecs;

import java.awt.image.Raster;

/** The samples of a raster, which ImageIO decoded. */
final class RasterSamples implements StoredRows {
    private final Raster raster;

    RasterSamples(Raster raster) {
        this.raster = raster;
    }

    @Override
    public int width() {
        return raster.getWidth();
    }

    @Override
    public int height() {
        return raster.getHeight();
    }

    @Override
    public int bands() {
        return raster.getNumBands();
    }

    @Override
    public void read(int y, int[] samples) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
    }
}
