package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
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
    private final PushedTexts texts = new PushedTexts();
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
        connection.begin(texts, new byte[0]);
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

    private String received(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && client.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), US_ASCII);
    }

    @Test
    void what_comes_while_it_waits_is_sent_together() throws Exception {
        int first = 0;
        do {
            texts.push("a"); // what comes before the loop sleeps does not wait
            first++;
        } while (!begun.tryAcquire(200, TimeUnit.MILLISECONDS));
        texts.push("b");
        texts.push("c");
        over.release();
        assertThat(received(first + 2)).isEqualTo("a".repeat(first) + "bc");
        assertThat(texts.written.getLast()).isGreaterThanOrEqualTo(3);
        assertThat(pauses).hasValue(1);
    }

    @Test
    void only_the_first_of_much_data_waits() throws Exception {
        String text = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            texts.add(text);
        }
        texts.push(text);
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
