package io.marketbrain.api.mounting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API at its mount point, made at its first request. Thread-safe. */
public final class MountedGroup {
    private final MountPoint point;
    private final ApiServices services;
    private volatile @Nullable RouteGroup group;

    public MountedGroup(MountPoint point, ApiServices services) {
        this.point = point;
        this.services = services;
    }

    public MountPoint point() {
        return point;
    }

    public RouteGroup group() {
        RouteGroup made = group;
        return made == null ? make() : made;
    }

    private synchronized RouteGroup make() {
        RouteGroup made = group;
        if (made == null) {
            made = point.maker().apply(services);
            group = made;
        }
        return made;
    }

    /** The API if it has been requested. */
    public Optional<RouteGroup> findMade() {
        return Optional.ofNullable(group);
    }
}
