package org.saddlepoint.data.names;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.mozilla.universalchardet.prober.distributionanalysis.Big5DistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.EUCJPDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.EUCKRDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.GB2312DistributionAnalysis;

/**
 * How frequent the characters of Chinese, Japanese and Korean are, by the tables of juniversalchardet. Its detectors need
 * more text than a file's name has, so that only the tables are used.
 */
final class CharacterRanks {
    static final CharacterRanks SIMPLIFIED = new CharacterRanks("GBK", new Simplified());
    static final CharacterRanks TRADITIONAL = new CharacterRanks("Big5", new Traditional());
    static final CharacterRanks JAPANESE = new CharacterRanks("EUC-JP", new Japanese());
    static final CharacterRanks KOREAN = new CharacterRanks("EUC-KR", new Korean());

    private static final int FIRST_LEAD = 0xa1;
    private static final int FIRST_TRAIL = 0x40;
    private static final int LAST = 0xfe;

    private final short[] ranks = new short[1 << Character.SIZE];

    /** Gives the rank of a character, a protected member of each of the library's tables. */
    private interface Table {
        int rank(byte[] character);
    }

    private CharacterRanks(String charset, Table table) {
        Arrays.fill(ranks, (short) -1);
        if (!Charset.isSupported(charset)) {
            return;
        }
        Charset decoder = Charset.forName(charset);
        byte[] character = new byte[2];
        for (int lead = FIRST_LEAD; lead <= LAST; lead++) {
            for (int trail = FIRST_TRAIL; trail <= LAST; trail++) {
                character[0] = (byte) lead;
                character[1] = (byte) trail;
                String decoded = new String(character, decoder);
                if (decoded.length() == 1 && decoded.charAt(0) >= 0x80) {
                    ranks[decoded.charAt(0)] = (short) table.rank(character);
                }
            }
        }
    }

    /** The rank of a character in running text, 0 for the most frequent one; −1 where the table lacks it. */
    int rank(char character) {
        return ranks[character];
    }

    private static int at(int[] table, int order) {
        return order >= 0 && order < table.length ? table[order] : -1;
    }

    private static final class Simplified extends GB2312DistributionAnalysis implements Table {
        @Override
        public int rank(byte[] character) {
            return at(charToFreqOrder, getOrder(character, 0));
        }
    }

    private static final class Traditional extends Big5DistributionAnalysis implements Table {
        @Override
        public int rank(byte[] character) {
            return at(charToFreqOrder, getOrder(character, 0));
        }
    }

    private static final class Japanese extends EUCJPDistributionAnalysis implements Table {
        @Override
        public int rank(byte[] character) {
            return at(charToFreqOrder, getOrder(character, 0));
        }
    }

    private static final class Korean extends EUCKRDistributionAnalysis implements Table {
        @Override
        public int rank(byte[] character) {
            return at(charToFreqOrder, getOrder(character, 0));
        }
    }
}
