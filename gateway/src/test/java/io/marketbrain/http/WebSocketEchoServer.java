package io.marketbrain.http;

/** A server whose {@code /ws} sends every text back, for tests in other packages. */
public final class WebSocketEchoServer implements AutoCloseable {
    private final TestServer server = new TestServer(request -> WebSocketTest.answer(request, WebSocketTest::echo));

    public WebSocketEchoServer() throws Exception {}

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
