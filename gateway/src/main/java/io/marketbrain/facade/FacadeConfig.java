package io.marketbrain.facade;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import java.util.Optional;

/**
 * The settings of one API of another program.
 *
 * @param enabled whether it is served
 * @param port a port on which its paths stand at the root; 0 picks a free one, empty for none
 * @param host a host name under which they do so; empty for none
 * @param provider whose data it has; empty if its requests name the provider
 */
public record FacadeConfig(
        boolean enabled, Optional<Integer> port, Optional<String> host, Optional<ProviderId> provider) {
    /** The port, below the key of the API's settings. */
    public static final SettingRange<Integer> PORT = SettingRange.of("port", 0, 65_535);

    public FacadeConfig {
        port.ifPresent(PORT::check);
    }

    public static FacadeConfig defaults(FacadeName name) {
        return new FacadeConfig(name.isOn(), Optional.empty(), Optional.empty(), name.provider());
    }
}
