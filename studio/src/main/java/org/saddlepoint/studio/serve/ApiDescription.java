package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.saddlepoint.studio.server.Json;

/** The description of all addresses, as OpenAPI 3 and as a page made of it. */
final class ApiDescription {
    private static final String FILE = "/serve-web/openapi.json";

    private final ObjectNode json;
    private final String page;

    /** With the limits of this server. */
    ApiDescription(ServeOptions options) {
        this.json = read();
        ObjectNode samples = (ObjectNode) json.at("/components/schemas/SampleRequest/properties/count");
        samples.put("maximum", options.limits().count());
        this.page = page(json);
    }

    private static ObjectNode read() {
        try (InputStream file = ApiDescription.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the program");
            }
            return (ObjectNode) Json.read(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return json;
    }

    String page() {
        return page;
    }

    private static String page(JsonNode json) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        html.append(text(json.at("/info/title")))
                .append(
                        "</title><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"/serve.css\"></head><body><main><h1>")
                .append(text(json.at("/info/title")))
                .append("</h1><p>")
                .append(text(json.at("/info/description")))
                .append("</p><p>This page as OpenAPI: <a href=\"/openapi.json\">openapi.json</a></p>");
        for (Map.Entry<String, JsonNode> path : json.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operation(html, json, method.getKey(), path.getKey(), method.getValue());
            }
        }
        return html.append("</main></body></html>").toString();
    }

    private static void operation(StringBuilder html, JsonNode json, String method, String path, JsonNode operation) {
        html.append("<section><h2><code>")
                .append(method.toUpperCase(Locale.ROOT))
                .append(' ')
                .append(escaped(path))
                .append("</code></h2><p>")
                .append(text(operation.path("summary")))
                .append("</p>");
        StringBuilder fields = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            field(fields, parameter.path("name").asText(), parameter.path("schema"), parameter.path("description"));
        }
        String reference = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText();
        if (!reference.isEmpty()) {
            for (Map.Entry<String, JsonNode> property :
                    json.at(reference.substring(1) + "/properties").properties()) {
                field(
                        fields,
                        property.getKey(),
                        property.getValue(),
                        property.getValue().path("description"));
            }
        }
        table(html, "Parameters", fields);
        StringBuilder answers = new StringBuilder();
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            row(answers, escaped(answer.getKey()), text(answer.getValue().path("description")));
        }
        table(html, "Answers", answers);
        html.append("</section>");
    }

    private static void field(StringBuilder rows, String name, JsonNode schema, JsonNode description) {
        String most =
                schema.has("maximum") ? " At most " + schema.path("maximum").asText() + "." : "";
        row(rows, escaped(name), text(description) + escaped(most));
    }

    private static void row(StringBuilder rows, String head, String text) {
        rows.append("<tr><th scope=\"row\"><code>")
                .append(head)
                .append("</code></th><td>")
                .append(text)
                .append("</td></tr>");
    }

    private static void table(StringBuilder html, String caption, StringBuilder rows) {
        if (rows.length() > 0) {
            html.append("<table><caption>")
                    .append(caption)
                    .append("</caption><tbody>")
                    .append(rows)
                    .append("</tbody></table>");
        }
    }

    private static String text(JsonNode node) {
        return escaped(node.asText());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
