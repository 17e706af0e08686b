package org.saddlepoint.data.codecs;

/** The tags of TIFF 6.0 and its supplements that are read here. */
final class TiffTag {
    static final int KIND = 254; // NewSubfileType
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIPS = 273; // where they begin
    static final int ORIENTATION = 274;
    static final int CHANNELS = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int FAX3_OPTIONS = 292;
    static final int FAX4_OPTIONS = 293;
    static final int PREDICTOR = 317;
    static final int PALETTE = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILES = 324; // where they begin
    static final int TILE_BYTES = 325;
    static final int INK_SET = 332;
    static final int EXTRA = 338; // ExtraSamples
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;
    static final int PROFILE = 34675;
    static final int DNG_VERSION = 50706;

    private TiffTag() {}
}
