package org.saddlepoint.data.names;

/**
 * Text in an alphabet: letters are where their case fits, and other signs are rare.
 *
 * @param usual the small letters beyond ASCII that its languages use often
 * @param seldom those that they use less often
 * @param latin whether these stand in one word with ASCII letters
 */
record AlphabetPlausibility(String usual, String seldom, boolean latin) implements Plausibility {
    static final AlphabetPlausibility WESTERN = new AlphabetPlausibility("éèêàâäáãåçñöôóøüúíæœß", "ëòõùûìîïþðý", true);
    static final AlphabetPlausibility CENTRAL =
            new AlphabetPlausibility("ąćęłńóśźżáčéěířšúůýžäöüőű", "ďňťßľĺŕôăâîşţđ", true);
    static final AlphabetPlausibility TURKISH = new AlphabetPlausibility("çğıöşü", "âîû", true);
    static final AlphabetPlausibility CYRILLIC =
            new AlphabetPlausibility("абвгдежзийклмнопрстухчшыья", "фцщъэюёіїєґ", false);
    static final AlphabetPlausibility GREEK = new AlphabetPlausibility("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ", "ϊϋ", false);

    /** Signs that names do have. */
    private static final String SIGNS = "°–—’‘“”«»…©®²³€£§№¡¿ªº";

    private static final double SMALL_LETTER = 2.2;
    private static final double CAPITAL = 3;
    private static final double SELDOM = 0.7;
    private static final double UNUSUAL = 2.5;
    private static final double WRONG_CASE = 5;
    private static final double ODD_CASE = 2;
    private static final double ODD_NEIGHBOUR = 5;
    private static final double OTHER_SCRIPT = 3;
    private static final double SECOND_ACCENT = 1;
    private static final double SHORT_WORD = 1.5;

    @Override
    public double cost(String name) {
        double cost = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                cost += Character.isLetter(c) ? letter(name, i, c) : sign(name, i, c);
            } else if (Plausibility.at(name, i - 1) >= 0x80) {
                cost += follower(Plausibility.at(name, i - 1), c);
            }
        }
        return cost;
    }

    /** Second bytes of East Asian characters may be ASCII, and are then signs and capitals where no text has them. */
    private static double follower(char before, char c) {
        boolean capital = c >= 'A' && c <= 'Z';
        return (capital && !Character.isUpperCase(before)) || "@[\\]^`{|}~".indexOf(c) >= 0 ? ODD_NEIGHBOUR : 0;
    }

    private static double sign(String name, int i, char c) {
        boolean within =
                Character.isLetter(Plausibility.at(name, i - 1)) && Character.isLetter(Plausibility.at(name, i + 1));
        if (c == '’') {
            return within ? SMALL_LETTER + 1 : SIGN;
        }
        return SIGNS.indexOf(c) < 0 ? ABSURD : within ? SIGN + 2 : SIGN;
    }

    private double letter(String name, int i, char c) {
        char before = Plausibility.at(name, i - 1);
        char after = Plausibility.at(name, i + 1);
        boolean capital = Character.isUpperCase(c);
        double cost = capital ? CAPITAL : SMALL_LETTER;
        char small = c == 'İ' ? 'ı' : Character.toLowerCase(c);
        cost += usual.indexOf(small) >= 0 ? 0 : seldom.indexOf(small) >= 0 ? SELDOM : UNUSUAL;
        cost += c == 'ß' && "aeiouäöüy".indexOf(Character.toLowerCase(before)) < 0 ? ODD_NEIGHBOUR : 0;
        if (capital && Character.isLowerCase(before)) {
            cost += WRONG_CASE;
        } else if (!capital
                && Character.isUpperCase(before)
                && (Character.isUpperCase(after) || Character.isUpperCase(Plausibility.at(name, i - 2)))) {
            cost += ODD_CASE;
        }
        if (!latin) {
            cost += Plausibility.isAsciiLetter(before) ? OTHER_SCRIPT : 0;
            cost += Plausibility.isAsciiLetter(after) ? OTHER_SCRIPT : 0;
        } else {
            cost += before >= 0x80 && Character.isLetter(before) ? SECOND_ACCENT : 0;
        }
        return isShortWord(name, i) ? cost + SHORT_WORD : cost;
    }

    /** One or two letters beyond ASCII by themselves, which is what any character of two bytes looks like. */
    private static boolean isShortWord(String name, int i) {
        int from = i;
        int to = i;
        while (Character.isLetter(Plausibility.at(name, from - 1))) {
            from--;
        }
        while (Character.isLetter(Plausibility.at(name, to + 1))) {
            to++;
        }
        return to - from < 2 && name.charAt(from) >= 0x80 && name.charAt(to) >= 0x80;
    }
}
