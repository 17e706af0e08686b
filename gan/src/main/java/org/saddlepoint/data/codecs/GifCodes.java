package org.saddlepoint.data.codecs;

/** The codes of a frame of a GIF file: bits from the lowest on, in blocks that begin with their length. */
final class GifCodes implements Lzw.Codes {
    private final byte[] file;
    private int at;
    private int inBlock;
    private int buffer;
    private int buffered;

    /** @param at the first block */
    GifCodes(byte[] file, int at) {
        this.file = file;
        this.at = at;
    }

    @Override
    public int next(int bits) {
        while (buffered < bits) {
            if (inBlock == 0 && at < file.length) {
                inBlock = file[at++] & 0xff;
            }
            if (inBlock == 0 || at >= file.length) {
                return -1;
            }
            inBlock--;
            buffer |= (file[at++] & 0xff) << buffered;
            buffered += 8;
        }
        int code = buffer & ((1 << bits) - 1);
        buffer >>>= bits;
        buffered -= bits;
        return code;
    }
}
