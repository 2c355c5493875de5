package io.holdfast.console.api;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A request that was handed on; what becomes of it is told at the link {@code status}.
 *
 * @param status as it stands now
 */
record Accepted(String id, String status, Map<String, String> links) {

    static ResponseEntity<Accepted> at(String path, String id, String status) {
        String link = path + id;
        return ResponseEntity.accepted()
                .header(HttpHeaders.LOCATION, URI.create(link).toString())
                .body(new Accepted(id, status, Map.of("status", link)));
    }
}
