package org.saddlepoint.diagnostics;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in Markdown and in HTML at once; in text, {@code `code`} and {@code [words](target)} are as in Markdown. */
public final class Page {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
    private static final String STYLE = "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
            + "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left}"
            + ".row{display:flex;flex-wrap:wrap}figure{margin:0;width:48%;padding:.5%}"
            + "img{max-width:100%}code{background:#eee;padding:0 .2em;overflow-wrap:anywhere}";

    private final StringBuilder markdown = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    /** Adds a heading of this level, from 1. */
    public void heading(int level, String text) {
        markdown.append("#".repeat(level)).append(' ').append(text).append("\n\n");
        element("h" + level, text);
    }

    /** Adds a paragraph of text. */
    public void paragraph(String text) {
        markdown.append(text).append("\n\n");
        element("p", text);
    }

    /**
     * Adds a picture on a line of its own.
     *
     * @param file as seen from the page
     * @param words what it shows
     */
    public void picture(String file, String words) {
        markdown.append("![").append(words).append("](").append(file).append(")\n\n");
        html.append("<p><img src=\"")
                .append(escaped(file))
                .append("\" alt=\"")
                .append(escaped(words))
                .append("\"></p>\n");
    }

    /**
     * Adds pictures side by side, with their words below.
     *
     * @param files words by file, as seen from the page
     */
    public void pictures(Map<String, String> files) {
        html.append("<div class=\"row\">\n");
        files.forEach((file, words) -> {
            markdown.append(words)
                    .append(":\n\n![")
                    .append(words)
                    .append("](")
                    .append(file)
                    .append(")\n\n");
            html.append("<figure><img src=\"")
                    .append(escaped(file))
                    .append("\" alt=\"")
                    .append(escaped(words))
                    .append("\"><figcaption>")
                    .append(escaped(words))
                    .append("</figcaption></figure>\n");
        });
        html.append("</div>\n");
    }

    /** Adds a list with bullets, or a sentence that there is nothing where it is empty. */
    public void list(List<String> items) {
        if (items.isEmpty()) {
            paragraph("Nothing.");
            return;
        }
        html.append("<ul>\n");
        for (String item : items) {
            markdown.append("* ").append(item).append('\n');
            element("li", item);
        }
        markdown.append('\n');
        html.append("</ul>\n");
    }

    /** A table with these columns. */
    public void table(List<String> columns, List<List<String>> rows) {
        row(columns, "th");
        markdown.append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(each -> row(each, "td"));
        markdown.append('\n');
        html.append("</table>\n");
    }

    private void row(List<String> cells, String element) {
        if (element.equals("th")) {
            html.append("<table>\n");
        }
        html.append("<tr>");
        for (String cell : cells) {
            markdown.append("| ").append(cell.replace("|", "\\|")).append(' ');
            html.append('<')
                    .append(element)
                    .append('>')
                    .append(inline(cell))
                    .append("</")
                    .append(element)
                    .append('>');
        }
        markdown.append("|\n");
        html.append("</tr>\n");
    }

    private void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(inline(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String inline(String text) {
        String coded = CODE.matcher(escaped(text))
                .replaceAll(found -> Matcher.quoteReplacement("<code>" + found.group(1) + "</code>"));
        return LINK.matcher(coded)
                .replaceAll(found ->
                        Matcher.quoteReplacement("<a href=\"" + found.group(2) + "\">" + found.group(1) + "</a>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The page as Markdown. */
    public String markdown() {
        return markdown.toString();
    }

    /** The page as HTML with this title. */
    public String html(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title><style>" + STYLE + "</style></head>\n<body>\n" + html + "</body></html>\n";
    }
}
