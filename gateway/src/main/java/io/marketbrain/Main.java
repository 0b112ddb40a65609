package io.marketbrain;

import io.marketbrain.config.GatewayConfig;

/** The start of the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var gateway = new Gateway(GatewayConfig.defaults());
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
        System.out.println("Market Intel Brain on http://127.0.0.1:" + gateway.port());
    }
}
