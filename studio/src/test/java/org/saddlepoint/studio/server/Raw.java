package org.saddlepoint.studio.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests as an attacker writes them: every header is what the test says. */
public final class Raw {
    /** No answer takes so long, on whatever machine, unless something waits for ever. */
    private static final int MILLIS = 300_000;

    private final int port;
    private final List<String> headers = new ArrayList<>();

    private Raw(int port) {
        this.port = port;
        headers.add("Host: 127.0.0.1:" + port);
    }

    /** An answer: its status and the whole text. */
    public record Answer(int status, String text) {
        /** What follows the headers. */
        public String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    public static Raw at(int port) {
        return new Raw(port);
    }

    public Raw host(String host) {
        headers.set(0, "Host: " + host);
        return this;
    }

    public Raw header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    public Raw token(AccessToken token) {
        return header("Cookie", "saddlepoint-" + port + "=" + token.text());
    }

    public Answer get(String path) throws IOException {
        return send("GET", path, "");
    }

    public Answer post(String path, String json) throws IOException {
        return send("POST", path, json);
    }

    private Answer send(String method, String path, String body) throws IOException {
        try (Socket socket = open(method, path, body);
                InputStream in = socket.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.split(" ")[1]), text);
        }
    }

    /** Sends a request and leaves the answer unread. */
    public Socket open(String method, String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(MILLIS);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
        return socket;
    }
}
