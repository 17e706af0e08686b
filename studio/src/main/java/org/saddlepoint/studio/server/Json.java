package org.saddlepoint.studio.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Bodies of requests and answers. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** A longer JSON body is refused: the longest are settings and notes. */
    private static final int LARGEST = 1 << 17;

    private Json() {}

    /** A new object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Records, maps, lists, texts and numbers as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The text of a tree, or of anything that {@link #tree} takes. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is always writable as JSON", e);
        }
    }

    /** Answers with JSON. */
    public static void answer(Context request, Object value) {
        request.contentType("application/json").result(text(value));
    }

    /**
     * The object in a request's body.
     *
     * @throws RefusedException if it is none, or too long
     */
    public static JsonNode read(Context request) {
        return read(bytes(request, LARGEST));
    }

    /**
     * The object in these bytes.
     *
     * @throws RefusedException if it is none
     */
    public static JsonNode read(byte[] bytes) {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root == null || !root.isObject()) {
                throw RefusedException.wrong("expected a JSON object");
            }
            return root;
        } catch (IOException e) {
            throw RefusedException.wrong("the body is no JSON: " + reason(e));
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof JsonProcessingException json ? json.getOriginalMessage() : "it cannot be read";
    }

    /**
     * A request's body.
     *
     * @param most how many bytes it may have
     * @throws RefusedException if it is longer
     */
    public static byte[] bytes(Context request, int most) {
        try {
            InputStream body = request.bodyInputStream();
            byte[] found = body.readNBytes(most + 1);
            if (found.length > most) {
                throw new RefusedException(413, "the body is too long; at most " + most + " bytes are read");
            }
            return found;
        } catch (IOException e) {
            throw RefusedException.wrong("the body cannot be read");
        }
    }
}
