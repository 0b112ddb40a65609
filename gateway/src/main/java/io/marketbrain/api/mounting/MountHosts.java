package io.marketbrain.api.mounting;

import io.marketbrain.api.request.HostHeader;
import io.marketbrain.api.request.RawRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The mounted APIs that have host names of their own. Immutable. */
public final class MountHosts {
    private final Map<String, MountPoint> byName = new HashMap<>();

    public MountHosts(List<MountPoint> mounts) {
        for (MountPoint mount : mounts) {
            mount.host().ifPresent(host -> byName.put(host.toLowerCase(Locale.ROOT), mount));
        }
    }

    /** The API whose host name a request has; mostly none. */
    public Optional<MountPoint> find(RawRequest request) {
        return byName.isEmpty()
                ? Optional.empty()
                : request.findHeader("Host").map(HostHeader::name).map(byName::get);
    }
}
