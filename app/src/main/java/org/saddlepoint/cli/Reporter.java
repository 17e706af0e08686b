package org.saddlepoint.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command says: lines for people, or with --json one object a line on standard output. */
final class Reporter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;

    Reporter(boolean json) {
        this(json, System.out, System.err);
    }

    private Reporter(boolean json, PrintStream out, PrintStream err) {
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** Says nothing, as processes do that another one leads. */
    static Reporter silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Reporter(false, nowhere, nowhere);
    }

    /** Whether it speaks JSON. */
    boolean json() {
        return json;
    }

    /** A line for people; with --json it goes to standard error. */
    void note(String line) {
        (json ? err : out).println(line);
    }

    /** An object for programs; without --json nothing. */
    void event(String name, Map<String, ?> values) {
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", name);
            event.putAll(values);
            object(event);
        }
    }

    /** Names and values in this order. */
    static Map<String, Object> values(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    /** An object for programs, as it is. */
    void object(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is always writable as JSON: " + value, e);
        }
    }
}
