package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.saddlepoint.studio.server.RefusedException;

/** The fields of a JSON object, each of the type that it must have; else a {@link RefusedException}. */
final class Fields {
    private final JsonNode object;

    /** @throws RefusedException if the object has other fields than these */
    Fields(JsonNode object, List<String> known) {
        this.object = object;
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw RefusedException.wrong("unknown field \"" + name + "\"; known are " + String.join(", ", known));
            }
        }
    }

    /** Whether it is given, and not null. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    OptionalInt whole(String name, int least, int most) {
        if (!has(name)) {
            return OptionalInt.empty();
        }
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong(name, "a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(node.intValue());
    }

    OptionalLong seed(String name) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        if (!node(name).isIntegralNumber() || !node(name).canConvertToLong()) {
            throw wrong(name, "a whole number of at most 64 bits");
        }
        return OptionalLong.of(node(name).longValue());
    }

    OptionalDouble number(String name, double least, double most) {
        if (!has(name)) {
            return OptionalDouble.empty();
        }
        double value = node(name).asDouble();
        if (!node(name).isNumber() || !(value >= least && value <= most)) {
            throw wrong(name, "a number from " + least + " to " + most);
        }
        return OptionalDouble.of(value);
    }

    RefusedException wrong(String name, String expected) {
        String given = node(name).toString();
        String shown = given.length() > 100 ? given.substring(0, 100) + "…" : given;
        return RefusedException.wrong(name + " must be " + expected + " but was " + shown);
    }
}
