import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/**
 * Responds to everything it reads with the same bytes, with one virtual thread per connection that yields as the
 * gateway's threads do. Measures what the JDK's blocking sockets cost alone, without parsing, lookups or building a
 * response. Arguments: the port and the length of the response.
 */
final class BareSockets {
    private static final int MAX_YIELDS = 8;

    public static void main(String[] args) throws IOException {
        byte[] response = response(Integer.parseInt(args[1]));
        var listener = new ServerSocket(Integer.parseInt(args[0]), 1000, InetAddress.getLoopbackAddress());
        while (true) {
            Socket client = listener.accept();
            client.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> serve(client, response));
        }
    }

    private static byte[] response(int length) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: ";
        String rest = "\r\n\r\n";
        int body = length - head.length() - rest.length();
        body -= Integer.toString(body).length();
        byte[] filler = new byte[body];
        Arrays.fill(filler, (byte) 'x');
        return (head + body + rest + new String(filler)).getBytes();
    }

    private static void serve(Socket client, byte[] response) {
        byte[] bytes = new byte[1024];
        try (client) {
            InputStream in = client.getInputStream();
            int yields = 0;
            while (true) {
                if (yields < MAX_YIELDS) {
                    yields++;
                    Thread.yield();
                } else if (in.available() == 0) {
                    yields = 0;
                }
                if (in.read(bytes) < 0) {
                    return;
                }
                client.getOutputStream().write(response);
            }
        } catch (IOException e) {
            // the client disconnected
        }
    }
}
