package io.holdfast.sources.configuration;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of what a cluster says about its objects what it, or another one, takes to make them. */
final class ManifestJson {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** What the cluster writes and refuses, or takes as a reason for a conflict. */
    private static final List<String> OF_THE_CLUSTER = List.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "selfLink",
            "ownerReferences");

    private static final List<String> OWN_ANNOTATIONS = List.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "deployment.kubernetes.io/revision",
            "pv.kubernetes.io/bind-completed",
            "pv.kubernetes.io/bound-by-controller",
            "volume.kubernetes.io/selected-node",
            "volume.kubernetes.io/storage-provisioner",
            "volume.beta.kubernetes.io/storage-provisioner");

    private ManifestJson() {}

    /** One list of a namespace and what is in it. */
    static byte[] list(byte[] namespace, byte[] all) throws IOException {
        try {
            ObjectNode list = MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "List");
            ArrayNode items = list.putArray("items");
            items.add(clean(object(MAPPER.readTree(namespace))));
            for (JsonNode item : MAPPER.readTree(all).path("items")) {
                ObjectNode object = object(item);
                if (!isMadeByTheCluster(object)) {
                    items.add(clean(object));
                }
            }
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(list);
        } catch (JacksonException e) {
            throw new IOException("what kubectl printed is not the JSON of Kubernetes objects", e);
        }
    }

    private static ObjectNode object(JsonNode node) throws IOException {
        if (node instanceof ObjectNode object && object.path("metadata").isObject()) {
            return object;
        }
        throw new IOException("kubectl printed something that is no Kubernetes object");
    }

    private static boolean isMadeByTheCluster(ObjectNode object) {
        String kind = object.path("kind").asString("");
        return !object.path("metadata").path("ownerReferences").isEmpty()
                || (kind.equals("Secret")
                        && object.path("type").asString("").equals("kubernetes.io/service-account-token"))
                || (kind.equals("ConfigMap")
                        && object.path("metadata").path("name").asString("").equals("kube-root-ca.crt"));
    }

    private static ObjectNode clean(ObjectNode object) {
        object.remove("status");
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OF_THE_CLUSTER);
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(OWN_ANNOTATIONS);
            }
        }
        if (object.path("spec") instanceof ObjectNode spec) {
            switch (object.path("kind").asString("")) {
                case "Namespace" -> object.remove("spec");
                case "PersistentVolumeClaim" -> spec.remove("volumeName");
                case "Service" -> {
                    spec.remove("healthCheckNodePort");
                    if (!Objects.equals(spec.path("clusterIP").asString(""), "None")) {
                        spec.remove(List.of("clusterIP", "clusterIPs"));
                    }
                }
                default -> {}
            }
        }
        return object;
    }
}
