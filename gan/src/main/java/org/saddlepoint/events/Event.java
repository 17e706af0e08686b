package org.saddlepoint.events;

import java.util.Map;

/**
 * One entry of an event file: a message {@code Event} of TensorBoard's {@code event.proto}.
 *
 * @param bytes the encoded message
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Event(byte[] bytes) {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    /** Of a {@code Summary}: its values; of a value: tag, number or picture. */
    private static final int VALUE = 1;

    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;

    /** Of a {@code SessionLog}: {@code START} as its status. */
    private static final int STATUS = 1;

    private static final int START = 1;

    /**
     * What every file begins with.
     *
     * @param seconds since 1970, here and below
     */
    static Event version(double seconds) {
        return new Event(at(seconds, 0).text(FILE_VERSION, "brain.Event:2").toBytes());
    }

    /** A session goes on at this step, so that readers forget what they have of it and of later ones. */
    static Event start(double seconds, long step) {
        return new Event(at(seconds, step)
                .message(SESSION_LOG, new ProtoMessage().number(STATUS, START))
                .toBytes());
    }

    /** Numbers by their tags; TensorBoard keeps them as floats. */
    static Event scalars(double seconds, long step, Map<String, Double> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, value) ->
                summary.message(VALUE, new ProtoMessage().text(TAG, tag).float32(SIMPLE_VALUE, value.floatValue())));
        return new Event(at(seconds, step).message(SUMMARY, summary).toBytes());
    }

    /** A picture under a tag. */
    static Event picture(double seconds, long step, String tag, PngFile picture) {
        ProtoMessage image = new ProtoMessage()
                .number(1, picture.height())
                .number(2, picture.width())
                .number(3, picture.channels())
                .bytes(4, picture.bytes());
        ProtoMessage value = new ProtoMessage().text(TAG, tag).message(IMAGE, image);
        return new Event(at(seconds, step)
                .message(SUMMARY, new ProtoMessage().message(VALUE, value))
                .toBytes());
    }

    private static ProtoMessage at(double seconds, long step) {
        return new ProtoMessage().float64(WALL_TIME, seconds).number(STEP, step);
    }
}
