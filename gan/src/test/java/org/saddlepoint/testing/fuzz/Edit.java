package org.saddlepoint.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One change to a file.
 *
 * @param kind what is done
 * @param place where, as a share of the file in 1/65536
 * @param length for how many bytes, or how often
 * @param value with which number or word
 */
record Edit(Kind kind, int place, int length, int value) {
    private static final int MOST = 1 << 16; // a mutated file has at most so many bytes, or those it had

    /** Numbers at which sizes, counts and offsets break. */
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        7,
        8,
        255,
        256,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x00ff_ffff,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 8
    };

    private static final String[] DIGITS = {
        "0", "-1", "1e999", "NaN", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "0.5", "-0", "1e-400", "99999999999999999999999999999999999999999", "null", "\"x\"",
                "[]",
    };

    enum Kind {
        BIT,
        BYTE,
        RANDOM,
        CUT,
        DELETE,
        REPEAT,
        NUMBER,
        DIGITS,
        WORD,
        MANY_WORDS,
        SPLICE
    }

    byte[] apply(byte[] file, byte[] other, List<byte[]> words) {
        int at = (int) (((long) place * file.length) >> 16);
        int end = Math.min(file.length, at + length);
        byte[] word = words.isEmpty() ? new byte[] {'['} : words.get(Math.floorMod(value, words.size()));
        return switch (kind) {
            case BIT -> write(file, at, file.length == 0 ? 0 : file[at] ^ (1 << (value & 7)));
            case BYTE -> write(file, at, value);
            case RANDOM -> join(file, at, random(end - at), end);
            case CUT -> Arrays.copyOf(file, at);
            case DELETE -> join(file, at, new byte[0], end);
            case REPEAT -> repeat(file, at, Arrays.copyOfRange(file, at, end), 1 + Math.floorMod(value, 40), end);
            case NUMBER -> number(file, at);
            case DIGITS -> digits(file, at);
            case WORD -> join(file, at, word, (value & 64) == 0 ? at : Math.min(file.length, at + word.length));
            case MANY_WORDS -> repeat(file, at, word, 1 + length * length, at);
            case SPLICE -> {
                int from = (int) ((Integer.toUnsignedLong(value) * other.length) >>> 32);
                yield join(file, at, Arrays.copyOfRange(other, from, other.length), file.length);
            }
        };
    }

    private byte[] random(int count) {
        byte[] random = new byte[count];
        new Random(value).nextBytes(random);
        return random;
    }

    private static byte[] write(byte[] file, int at, int value) {
        if (file.length == 0) {
            return file;
        }
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private byte[] number(byte[] file, int at) {
        int width = 1 << ((value >>> 8) & 3);
        ByteBuffer number =
                ByteBuffer.allocate(8).order((value & 0x400) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long chosen = NUMBERS[Math.floorMod(value, NUMBERS.length)];
        number.putLong(number.order() == ByteOrder.BIG_ENDIAN ? chosen << (64 - 8 * width) : chosen);
        return join(file, at, Arrays.copyOf(number.array(), width), Math.min(file.length, at + width));
    }

    /** Another number in place of the next one that is written in digits. */
    private byte[] digits(byte[] file, int from) {
        int at = from;
        while (at < file.length && !(file[at] >= '0' && file[at] <= '9')) {
            at++;
        }
        int end = at;
        while (end < file.length && file[end] >= '0' && file[end] <= '9') {
            end++;
        }
        return join(file, at, DIGITS[Math.floorMod(value, DIGITS.length)].getBytes(StandardCharsets.US_ASCII), end);
    }

    private static byte[] repeat(byte[] file, int at, byte[] part, int times, int end) {
        ByteArrayOutputStream repeated = new ByteArrayOutputStream();
        for (int i = 0; i < times && repeated.size() + part.length < MOST; i++) {
            repeated.writeBytes(part);
        }
        return join(file, at, repeated.toByteArray(), end);
    }

    private static byte[] join(byte[] file, int at, byte[] middle, int end) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(file.length + middle.length);
        joined.write(file, 0, at);
        joined.writeBytes(middle);
        joined.write(file, end, file.length - end);
        int most = Math.max(MOST, file.length);
        return joined.size() > most ? Arrays.copyOf(joined.toByteArray(), most) : joined.toByteArray();
    }
}
