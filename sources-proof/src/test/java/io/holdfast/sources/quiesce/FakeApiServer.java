package io.holdfast.sources.quiesce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of a Kubernetes API server as {@code kubectl} asks to scale the deployment {@code web} of the namespace {@code shop}: what
 * there is, the deployment, its scale and its pods, which end, and get ready, one by one with each look at them.
 */
final class FakeApiServer implements Closeable {

    private static final String APPS = "/apis/apps/v1";
    private static final String WEB = APPS + "/namespaces/shop/deployments/web";
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    private final HttpServer server;
    private final List<Integer> scaledTo = new ArrayList<>();
    private String uid = "0d5b8a52-9c3f-4c35-8f0e-3a4c2f1c9a01";
    private int replicas = 2;
    private int pods = 2;
    private boolean forbidding;

    private FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    static FakeApiServer start() throws IOException {
        var fake = new FakeApiServer();
        fake.server.start();
        return fake;
    }

    /** A file for {@code KUBECONFIG}. */
    String configuration() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: holdfast, user: {}}]
                contexts: [{name: fake, context: {cluster: fake, user: holdfast}}]
                current-context: fake
                """.formatted(server.getAddress().getPort());
    }

    synchronized List<Integer> scaledTo() {
        return List.copyOf(scaledTo);
    }

    synchronized int pods() {
        return pods;
    }

    /** As a role that lacks {@code deployments/scale} does. */
    synchronized void forbidScaling() {
        forbidding = true;
    }

    /** Somebody deletes the deployment, and deploys it anew. */
    synchronized void deployAnew(int replicas) {
        uid = "77c0e1d4-1f06-4c0b-b7f1-5f3f8a0e2b02";
        this.replicas = replicas;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String json = switch (uri.getPath()) {
                case "/api" -> "{'kind':'APIVersions','versions':['v1']}";
                case "/apis" -> """
                        {'kind':'APIGroupList','apiVersion':'v1','groups':[{'name':'apps',
                        'versions':[{'groupVersion':'apps/v1','version':'v1'}],
                        'preferredVersion':{'groupVersion':'apps/v1','version':'v1'}}]}""";
                case "/api/v1" ->
                    resources(
                            "v1",
                            "{'name':'pods','singularName':'pod','namespaced':true,'kind':'Pod','verbs':['get','list']}");
                case APPS ->
                    resources(
                            "apps/v1",
                            "{'name':'deployments','singularName':'deployment','namespaced':true,'kind':'Deployment','verbs':['get','list']}",
                            "{'name':'deployments/scale','singularName':'','namespaced':true,'group':'autoscaling','version':'v1','kind':'Scale','verbs':['get','patch','update']}");
                case WEB -> deployment();
                case WEB + "/scale" -> scale(exchange);
                case PODS -> podsOf(uri);
                default -> "";
            };
            if (json.isEmpty()) {
                respond(exchange, 404, failure("NotFound", 404, "there is no " + uri.getPath()));
            } else if (json.contains("'Failure'")) {
                respond(exchange, 403, json);
            } else {
                respond(exchange, 200, json);
            }
        }
    }

    private static String resources(String version, String... resources) {
        return "{'kind':'APIResourceList','apiVersion':'v1','groupVersion':'%s','resources':[%s]}"
                .formatted(version, String.join(",", resources));
    }

    private String deployment() {
        String json = """
                {'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'web','namespace':'shop','uid':'%s'},
                'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'web','tier':'front'}},'template':{}},
                'status':{'replicas':%3$d,'readyReplicas':%3$d}}""".formatted(uid, replicas, pods);
        pods = Math.max(pods, Math.min(replicas, pods + 1));
        return json;
    }

    private String scale(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            if (forbidding) {
                return failure("Forbidden", 403, "deployments.apps web is forbidden: cannot patch deployments/scale");
            }
            JsonNode body =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            replicas = body.at("/spec/replicas").asInt(0);
            scaledTo.add(replicas);
        }
        return """
                {'kind':'Scale','apiVersion':'autoscaling/v1','metadata':{'name':'web','namespace':'shop','uid':'%s'},
                'spec':{'replicas':%d},'status':{'replicas':%d}}""".formatted(uid, replicas, pods);
    }

    private String podsOf(URI uri) {
        String query = uri.getQuery();
        boolean chosen = query != null && query.contains("app=web") && query.contains("tier=front");
        String items = IntStream.range(0, chosen ? pods : 0)
                .mapToObj("{'kind':'Pod','apiVersion':'v1','metadata':{'name':'web-%d','namespace':'shop'}}"::formatted)
                .collect(Collectors.joining(","));
        pods = Math.max(Math.min(pods, replicas), pods - 1);
        return "{'kind':'PodList','apiVersion':'v1','metadata':{},'items':[%s]}".formatted(items);
    }

    private static String failure(String reason, int code, String message) {
        return "{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','reason':'%s','code':%d,'message':\"%s\"}"
                .formatted(reason, code, message);
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
