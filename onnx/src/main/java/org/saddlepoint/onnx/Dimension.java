package org.saddlepoint.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The size of an axis as a function of the sizes that a caller may choose, such as 2 · height + 4.
 *
 * <pre>constant + Σ numeratorᵢ · sizeᵢ / denominatorᵢ</pre>
 *
 * @param constant what does not depend on them
 * @param terms what is added of each size that may be chosen, by its name; none of them is 0
 */
record Dimension(long constant, Map<String, Share> terms) {
    /**
     * A factor of a size.
     *
     * @param numerator above the line
     * @param denominator below it, at least 1, without a common factor
     */
    record Share(long numerator, long denominator) {
        static Share of(long numerator, long denominator) {
            long common = java.math.BigInteger.valueOf(numerator)
                    .gcd(java.math.BigInteger.valueOf(denominator))
                    .longValueExact();
            return new Share(numerator / common, denominator / common);
        }
    }

    Dimension {
        terms = Map.copyOf(terms);
    }

    static Dimension of(long constant) {
        return new Dimension(constant, Map.of());
    }

    /** The size of this name itself. */
    static Dimension chosen(String name) {
        return new Dimension(0, Map.of(name, new Share(1, 1)));
    }

    boolean isConstant() {
        return terms.isEmpty();
    }

    /** Its value where the sizes have these. */
    long at(Map<String, Long> sizes) {
        long value = constant;
        for (Map.Entry<String, Share> term : terms.entrySet()) {
            value += Math.multiplyExact(term.getValue().numerator(), sizes.getOrDefault(term.getKey(), 0L))
                    / term.getValue().denominator();
        }
        return value;
    }

    /**
     * The function through values at some points: the first and, for each size, one where only this size is larger; checked at
     * the last, where all are.
     *
     * @param free the sizes that may be chosen
     * @throws NotLinearException if there is no such function
     */
    static Dimension through(List<Free> free, long[] values) {
        Map<String, Share> terms = new LinkedHashMap<>();
        double constant = values[0];
        for (int i = 0; i < free.size(); i++) {
            long more = values[i + 1] - values[0];
            if (more != 0) {
                terms.put(free.get(i).name(), Share.of(more, free.get(i).step()));
                constant -= (double) more * free.get(i).start() / free.get(i).step();
            }
        }
        Dimension found = new Dimension(Math.round(constant), terms);
        List<Map<String, Long>> points = Free.points(free);
        for (int i = 0; i < values.length; i++) {
            if (found.at(points.get(i)) != values[i]) {
                throw new NotLinearException();
            }
        }
        return found;
    }

    /** The values are those of no linear function. */
    static final class NotLinearException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The name alone, where it is a size that may be chosen; else the formula. */
    @Override
    public String toString() {
        String sum = terms.entrySet().stream()
                .map(term -> {
                    Share share = term.getValue();
                    return (share.numerator() == 1 ? "" : share.numerator() + "*")
                            + term.getKey()
                            + (share.denominator() == 1 ? "" : "/" + share.denominator());
                })
                .sorted()
                .collect(Collectors.joining("+"));
        return sum.isEmpty()
                ? Long.toString(constant)
                : constant == 0 ? sum : sum + (constant > 0 ? "+" : "") + constant;
    }
}
