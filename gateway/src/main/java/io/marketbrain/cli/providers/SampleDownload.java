package io.marketbrain.cli.providers;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.HttpTransport;
import io.marketbrain.provider.transport.TransportConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Downloads a sample the way the gateway makes its calls: with its proxies, limits and deadlines. One request. */
final class SampleDownload {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private SampleDownload() {}

    /** The response, or why there is none. */
    static Outcome<RawPayload> fetch(SampleAddress address, TransportConfig transport, InstantSource clock) {
        var carrier = DescriptorReader.read(
                "sample.json",
                """
                {"id": "sample", "name": "Sample", "exchange": "Sample", "base_url": "%s", "asset_types": ["crypto"],
                 "zone": "UTC", "operations": ["quote"], "limits": {}}
                """.formatted(address.base()).getBytes(StandardCharsets.UTF_8));
        ProviderRequest request = ProviderRequest.get(address.path());
        for (Map.Entry<String, String> parameter : address.parameters().entrySet()) {
            request = request.with(parameter.getKey(), parameter.getValue());
        }
        var call = new Call(
                new CallId("sample"), Caller.LOCAL, Priority.HIGH, Deadline.in(LONGEST, System::nanoTime), false);
        try (var connections = new HttpConnections(transport)) {
            return new HttpTransport(carrier, ProviderConfig.defaults(), connections, clock).exchange(request, call);
        }
    }
}
