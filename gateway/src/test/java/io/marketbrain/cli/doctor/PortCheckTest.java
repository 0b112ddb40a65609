package io.marketbrain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.doctor.CheckResult.Grade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void a_free_port_is_fine() {
        assertThat(PortCheck.examine("127.0.0.1", 0).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void a_port_used_by_another_program_is_wrong() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    server.accept().close();
                } catch (IOException e) {
                    // the test is over
                }
            });
            CheckResult finding = PortCheck.examine("127.0.0.1", server.getLocalPort());
            assertThat(finding.grade()).isEqualTo(Grade.WRONG);
            assertThat(finding.remedy()).contains("--port");
        }
    }

    @Test
    void a_host_that_is_no_address_is_wrong() {
        assertThat(PortCheck.examine("no.such.host.invalid", 8000).grade()).isEqualTo(Grade.WRONG);
    }
}
