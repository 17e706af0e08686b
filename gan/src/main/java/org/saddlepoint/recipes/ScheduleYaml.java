package org.saddlepoint.recipes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.saddlepoint.schedule.Schedule;

/** A number in a recipe stands for itself throughout; a section with a schedule for a number that changes. */
final class ScheduleYaml {
    private ScheduleYaml() {}

    static SimpleModule module() {
        return new SimpleModule("schedules")
                .addDeserializer(Schedule.class, new Reader())
                .addSerializer(Schedule.Constant.class, new ConstantWriter());
    }

    private static final class Reader extends JsonDeserializer<Schedule> {
        @Override
        public Schedule deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Schedule.of(parser.getDoubleValue());
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return parser.currentToken().isNumeric()
                    ? deserialize(parser, context)
                    : types.deserializeTypedFromObject(parser, context);
        }
    }

    private static final class ConstantWriter extends JsonSerializer<Schedule.Constant> {
        @Override
        public void serialize(Schedule.Constant constant, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            double value = constant.value();
            if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
                out.writeNumber((long) value);
            } else {
                out.writeNumber(value);
            }
        }

        @Override
        public void serializeWithType(
                Schedule.Constant constant, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
                throws IOException {
            serialize(constant, out, provider);
        }
    }
}
