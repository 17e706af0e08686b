package org.saddlepoint.data.names;

import java.util.function.Supplier;

/**
 * Text in Chinese, Japanese or Korean: the more frequent a character is the likelier.
 *
 * @param ranks the frequency table, made when it is first needed
 * @param kana whether the language is written with kana
 */
record EastAsianPlausibility(Supplier<CharacterRanks> ranks, boolean kana) implements Plausibility {
    private static final double FIRST = 2;
    private static final double PER_RANK = 0.6;
    private static final double KANA = 2.8;
    private static final double HALF_WIDTH = 4.5;
    private static final double MARK = 4.5;
    private static final double BESIDE_LATIN = 1.5;

    @Override
    public double cost(String name) {
        double cost = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                cost += character(c);
                cost += Character.isLowerCase(Plausibility.at(name, i - 1)) ? BESIDE_LATIN : 0;
                cost += Character.isLowerCase(Plausibility.at(name, i + 1)) ? BESIDE_LATIN : 0;
            }
        }
        return cost;
    }

    private double character(char c) {
        if ((c >= 0x3041 && c <= 0x30fe) || c == '々') {
            return kana ? KANA : ABSURD;
        }
        if (c >= 0xff66 && c <= 0xff9f) {
            return HALF_WIDTH;
        }
        if ((c >= 0xff01 && c <= 0xff5e) || (c >= 0x3000 && c <= 0x3020)) {
            return MARK;
        }
        int rank = ranks.get().rank(c);
        return rank < 0 ? ABSURD : FIRST + PER_RANK * Math.log1p(rank);
    }
}
