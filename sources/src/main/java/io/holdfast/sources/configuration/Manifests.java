package io.holdfast.sources.configuration;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.vault.backup.Root;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kubernetes namespaces hold, secrets too, as lists that {@code kubectl apply} takes. Left out is what the cluster
 * makes by itself, and jobs, which would run again.
 */
final class Manifests implements Part {

    static final List<String> KINDS = List.of(
            "configmaps",
            "secrets",
            "serviceaccounts",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "resourcequotas",
            "limitranges",
            "persistentvolumeclaims",
            "services",
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "cronjobs.batch",
            "horizontalpodautoscalers.autoscaling",
            "poddisruptionbudgets.policy",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io");

    private static final String DIRECTORY = GENERATED + "/kubernetes";
    private static final String NO_LONGER = "--request-timeout=60s";

    private final List<String> namespaces;
    private final String at;
    private final Programs programs;

    /** @param at the component's place in its snapshots */
    Manifests(List<String> namespaces, String at, Programs programs) {
        this.namespaces = namespaces;
        this.at = at;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Gathered gather() throws IOException {
        List<Root> roots = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String namespace : namespaces) {
            roots.add(new Root.Generated(at + DIRECTORY + "/" + file(namespace), manifest(namespace)));
            notes.add("namespace %s: kubernetes/%s; by hand: kubectl apply -f FILE"
                    .formatted(namespace, file(namespace)));
        }
        return new Gathered(roots, notes);
    }

    private byte[] manifest(String namespace) throws IOException {
        try {
            byte[] itself = programs.ask(programs.kubectl(), "get", "namespace", namespace, "--output=json", NO_LONGER);
            byte[] all = programs.ask(
                    programs.kubectl(),
                    "get",
                    String.join(",", KINDS),
                    "--namespace=" + namespace,
                    "--output=json",
                    NO_LONGER);
            return ManifestJson.list(itself, all);
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q72",
                    "Cannot read the manifests of the namespace %s: %s. Nothing was captured; earlier snapshots are safe. Give the worker a kubectl and a KUBECONFIG that may read it, or take the namespace out of the plan."
                            .formatted(namespace, Programs.why(e)),
                    e);
        }
    }

    /** Whether kubectl was told that there is no such thing, as of a namespace that is yet to be made. */
    static boolean isNotFound(CommandFailed failure) {
        return failure.stderr().contains("(NotFound)");
    }

    private static String file(String namespace) {
        return namespace + ".json";
    }

    @Override
    public void apply(SnapshotFiles files) throws IOException {
        List<String> held = files.children(DIRECTORY);
        for (String namespace : namespaces) {
            if (held.contains(file(namespace))) {
                var manifest = new ByteArrayOutputStream();
                files.dump(DIRECTORY + "/" + file(namespace), manifest);
                programs.tell(manifest.toByteArray(), programs.kubectl(), "apply", NO_LONGER, "--filename=-");
            }
        }
    }
}
