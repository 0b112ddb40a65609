package io.marketbrain.wiring;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.config.descriptors.DescriptorFolder.Refusal;
import io.marketbrain.config.descriptors.DescriptorUpdates;
import io.marketbrain.config.descriptors.FolderStamp;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.registry.RegisteredProvider;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The providers that the user has added, while the gateway runs: a descriptor that is new, changed or gone takes effect without
 * a restart. A wrong one is logged and shown in the health, and the last valid one stays in use. Works in a thread of its own,
 * only if there was a folder at the start.
 */
public final class AddedProviders implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(AddedProviders.class.getName());

    private final DescriptorUpdates updates;
    private final ProviderWiring wiring;
    private final ProviderRegistry registry;
    private final FileProblems files;
    private final BackgroundLoop loop;
    private final Map<ProviderId, ProviderConfig> inUse = new HashMap<>();
    private final Map<Path, String> refused = new HashMap<>();
    private FolderStamp applied;
    private FolderStamp seen;

    public AddedProviders(
            GatewayConfig config,
            ProviderWiring wiring,
            ProviderRegistry registry,
            FileProblems files,
            NanoClock nanoClock) {
        this.updates = config.updates();
        this.wiring = wiring;
        this.registry = registry;
        this.files = files;
        this.applied = updates.stampAtStart();
        this.seen = applied;
        this.loop = new BackgroundLoop("providers-folder", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::round);
        updates.atStart().providers().forEach(one -> inUse.put(one.id(), config.provider(one.id())));
        updates.atStart().refused().forEach(one -> {
            refused.put(one.file(), one.reason());
            files.show(one.file(), one.reason());
        });
    }

    /** Starts to watch the folder, if there is one and requests are served. */
    public void startIf(boolean serving) {
        if (serving && updates.findFolder().isPresent()) {
            loop.start(PERIOD);
        }
    }

    /** Looks at the folder once; a change is applied when it is older than one round, so that no file is half written. */
    Duration round() {
        FolderStamp now = updates.stamp();
        if (!now.equals(applied) && now.equals(seen)) {
            apply(now);
        }
        seen = now;
        return PERIOD;
    }

    private void apply(FolderStamp now) {
        DescriptorUpdates.Reread reread = updates.read();
        if (!reread.problems().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "the changed descriptors are not used, because the settings are wrong: "
                            + String.join("; ", reread.problems()));
            applied = now;
            return;
        }
        for (IndexedDescriptor entry : reread.providers().providers()) {
            ProviderConfig settings = reread.settings().getOrDefault(entry.id(), ProviderConfig.defaults());
            if (isChanged(entry.id(), settings, now)) {
                use(entry, settings);
            }
        }
        reread.providers().refused().forEach(this::refuse);
        forgetOthers(reread);
        applied = now;
    }

    private boolean isChanged(ProviderId id, ProviderConfig settings, FolderStamp now) {
        return !settings.equals(inUse.get(id)) || !now.findFile(id.value()).equals(applied.findFile(id.value()));
    }

    private void use(IndexedDescriptor entry, ProviderConfig settings) {
        RegisteredProvider provider = wiring.rebuilt(entry, settings);
        registry.put(provider);
        inUse.put(entry.id(), settings);
        LOG.log(
                Level.INFO,
                "the descriptor of " + entry.id() + " has been read; the provider is "
                        + provider.mode().mode().wire() + ": " + provider.mode().reason());
    }

    private void refuse(Refusal refusal) {
        if (!refusal.reason().equals(refused.put(refusal.file(), refusal.reason()))) {
            boolean stays = inUse.keySet().stream().anyMatch(id -> id.value().equals(refusal.id()));
            files.show(refusal.file(), refusal.reason());
            LOG.log(
                    Level.WARNING,
                    refusal.reason()
                            + (stays
                                    ? "; its last valid version stays in use"
                                    : refusal.isOfFolder() ? "" : "; this provider is left out"));
        }
    }

    /** Removes the providers whose files are gone, and the problems that are. */
    private void forgetOthers(DescriptorUpdates.Reread reread) {
        Set<String> kept = new HashSet<>();
        reread.providers().providers().forEach(entry -> kept.add(entry.id().value()));
        reread.providers().leftOut().forEach(id -> kept.add(id.value()));
        for (ProviderId id : Set.copyOf(inUse.keySet())) {
            if (!kept.contains(id.value())) {
                registry.remove(id);
                wiring.forget(id);
                inUse.remove(id);
                LOG.log(Level.INFO, "the descriptor of " + id + " is gone, and the provider with it");
            }
        }
        Set<Path> wrong =
                reread.providers().refused().stream().map(Refusal::file).collect(Collectors.toSet());
        for (Path file : Set.copyOf(refused.keySet())) {
            if (!wrong.contains(file)) {
                refused.remove(file);
                files.clear(file);
            }
        }
    }

    @Override
    public void close() {
        loop.stop();
    }
}
