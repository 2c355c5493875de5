package io.holdfast.sources.chroma;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The versions of the server's API. Servers before 0.5.16 have the first alone, those from 1.0 the second alone. */
enum Api {
    V2 {
        @Override
        String collections(Database database) {
            return "/api/v2/tenants/%s/databases/%s/collections"
                    .formatted(encoded(database.tenant()), encoded(database.name()));
        }

        @Override
        String page(Database database, int limit, int offset) {
            return "%s?limit=%d&offset=%d".formatted(collections(database), limit, offset);
        }
    },
    V1 {
        @Override
        String collections(Database database) {
            return "/api/v1/collections";
        }

        @Override
        String page(Database database, int limit, int offset) {
            return "/api/v1/collections?tenant=%s&database=%s&limit=%d&offset=%d"
                    .formatted(encoded(database.tenant()), encoded(database.name()), limit, offset);
        }
    };

    /** Where collections are, each below by its id. */
    abstract String collections(Database database);

    abstract String page(Database database, int limit, int offset);

    String heartbeat() {
        return root() + "/heartbeat";
    }

    String version() {
        return root() + "/version";
    }

    String root() {
        return "/api/" + word();
    }

    /** As a snapshot records it. */
    String word() {
        return switch (this) {
            case V1 -> "v1";
            case V2 -> "v2";
        };
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
