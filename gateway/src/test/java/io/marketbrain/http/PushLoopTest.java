package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.PushedProtocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the loop sends together: over a real socket, with pauses that the test ends. */
@Timeout(60)
final class PushLoopTest {
    private final AtomicInteger pauses = new AtomicInteger();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore over = new Semaphore(0);
    private final PushLoop loop = new PushLoop(System::nanoTime, () -> {
        pauses.incrementAndGet();
        begun.release();
        over.acquireUninterruptibly();
    });
    private final Source source = new Source();
    private final CountDownLatch ended = new CountDownLatch(1);
    private SocketChannel client;
    private PushedConnection connection;

    @BeforeEach
    void connect() throws Exception {
        try (var listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listening.getLocalAddress());
            connection = new PushedConnection(loop, listening.accept(), new PushedConnection.Owner() {
                @Override
                public void waiting(boolean forClient) {}

                @Override
                public void takeBack() {
                    ended.countDown();
                }
            });
        }
        connection.begin(source, new byte[0]);
        runATask();
    }

    @AfterEach
    void end() throws Exception {
        over.release(1000);
        client.close();
        ended.await();
        connection.cut();
        loop.close();
    }

    private void runATask() throws InterruptedException {
        var ran = new CountDownLatch(1);
        connection.run(ran::countDown);
        ran.await();
    }

    private void push(String text) {
        source.waiting.add(text);
        source.wake.run();
    }

    private String received(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && client.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), US_ASCII);
    }

    /** Sends what the test pushes until the client disconnects. */
    private static final class Source implements PushedProtocol {
        private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        private final List<Integer> written = new ArrayList<>();
        private volatile Runnable wake = () -> {};
        private volatile boolean ended;

        @Override
        public void start(Runnable waking) {
            wake = waking;
        }

        @Override
        public void write(OutputStream out, int most) throws IOException {
            int count = 0;
            while (count < most && !waiting.isEmpty()) {
                out.write(waiting.remove().getBytes(US_ASCII));
                count++;
            }
            if (count > 0) {
                written.add(count);
            }
        }

        @Override
        public long nanosToWait() {
            return waiting.isEmpty() ? Long.MAX_VALUE : 0;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void stop() {
            ended = true;
        }

        @Override
        public void close() {}

        @Override
        public void received(ByteBuffer bytes) {}

        @Override
        public boolean receives() {
            return true;
        }

        @Override
        public void disconnected() {
            ended = true;
        }
    }

    @Test
    void what_comes_while_it_waits_is_sent_together() throws Exception {
        int first = 0;
        do {
            push("a"); // what comes before the loop sleeps does not wait
            first++;
        } while (!begun.tryAcquire(200, TimeUnit.MILLISECONDS));
        push("b");
        push("c");
        over.release();
        assertThat(received(first + 2)).isEqualTo("a".repeat(first) + "bc");
        assertThat(source.written.getLast()).isGreaterThanOrEqualTo(3);
        assertThat(pauses).hasValue(1);
    }

    @Test
    void only_the_first_of_much_data_waits() throws Exception {
        String text = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            source.waiting.add(text);
        }
        push(text);
        over.release();
        assertThat(received(2_010_000)).hasSize(2_010_000);
        assertThat(pauses.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_connection_and_a_task_do_not_wait() throws Exception {
        runATask();
        assertThat(pauses).hasValue(0);
    }
}
