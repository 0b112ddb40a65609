import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/**
 * Answers whatever it reads with the same bytes, on a virtual thread a connection that lets others go first as the
 * gateway's do: what the blocking sockets of the JDK take alone, with nothing parsed, looked up or written new. Takes a
 * port and the length of the answer.
 */
final class BareSockets {
    private static final int TURN = 8;

    public static void main(String[] args) throws IOException {
        byte[] answer = answer(Integer.parseInt(args[1]));
        var listener = new ServerSocket(Integer.parseInt(args[0]), 1000, InetAddress.getLoopbackAddress());
        while (true) {
            Socket client = listener.accept();
            client.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> serve(client, answer));
        }
    }

    private static byte[] answer(int length) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: ";
        String rest = "\r\n\r\n";
        int body = length - head.length() - rest.length();
        body -= Integer.toString(body).length();
        byte[] filler = new byte[body];
        Arrays.fill(filler, (byte) 'x');
        return (head + body + rest + new String(filler)).getBytes();
    }

    private static void serve(Socket client, byte[] answer) {
        byte[] bytes = new byte[1024];
        try (client) {
            InputStream in = client.getInputStream();
            int turn = 0;
            while (true) {
                if (turn < TURN) {
                    turn++;
                    Thread.yield();
                } else if (in.available() == 0) {
                    turn = 0;
                }
                if (in.read(bytes) < 0) {
                    return;
                }
                client.getOutputStream().write(answer);
            }
        } catch (IOException gone) {
            // nobody left to answer
        }
    }
}
