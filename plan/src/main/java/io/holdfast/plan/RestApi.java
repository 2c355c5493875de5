package io.holdfast.plan;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a system that makes its own backups is spoken to over REST: one call per step. A system whose call {@code create}
 * names a <code>{collection}</code> makes one backup of each; any other one makes one of all that are chosen.
 *
 * <p>Places in answers are JSON pointers (RFC 6901). Paths count from the system's URL; their variables are
 * percent-encoded. A text of a body that is <code>{collections}</code> and nothing else becomes a list.
 *
 * @param tokenHeader carries the token as it is; {@code Authorization} carries it as a bearer token
 * @param redirects other origins that a download may be sent on to; the token is never sent there
 * @param list which collections there are; null: the plan names them
 * @param count how many entries a collection has; null: the system does not tell
 * @param ready asked until a backup is made; null: it is made when {@code create} has answered
 * @param delete takes the system's own copy away when it was read; null: it is left
 * @param upload brings a backup back to the system; null: that is done by hand
 * @param restore puts an uploaded backup into effect; null: uploading does
 * @param restored asked until that has happened; null: it has when the call before has answered
 */
public record RestApi(
        String tokenHeader,
        List<URI> redirects,
        @Nullable Listing list,
        @Nullable Count count,
        Create create,
        @Nullable Wait ready,
        Download download,
        @Nullable Call delete,
        @Nullable Upload upload,
        @Nullable Call restore,
        @Nullable Wait restored) {

    /** As the header of a token, it is preceded by the word {@code Bearer}. */
    public static final String AUTHORIZATION = "Authorization";

    public RestApi {
        RestSyntax.header(tokenHeader);
        redirects = List.copyOf(redirects);
    }

    /** The description that a plan may mean by a name, such as {@code qdrant}. */
    public static RestApi named(String name) {
        return RestApis.named(name);
    }

    /** Whether a backup holds one collection only. */
    public boolean perCollection() {
        return create.call().path().variables().contains("collection");
    }

    /**
     * One request.
     *
     * @param body its JSON, in which texts are templates; null: none
     * @param outcome how its answer tells whether it did what was asked; null: by its status code alone
     */
    public record Call(
            String method,
            Template path,
            @Nullable JsonNode body,
            @Nullable Outcome outcome) {
        public Call {
            RestSyntax.method(method);
            RestSyntax.path(path.text());
        }
    }

    /** Where an answer tells how far something is, and what that says when it is done or has failed. */
    public record Outcome(String status, List<String> done, List<String> failed) {
        public Outcome {
            RestSyntax.pointer(status);
            done = Names.some("done", done);
            failed = List.copyOf(failed);
        }
    }

    /** The names of the collections: {@code name} within each element of {@code items}. */
    public record Listing(Template path, String items, String name) {
        public Listing {
            RestSyntax.path(path.text());
            RestSyntax.pointer(items);
            RestSyntax.pointer(name);
        }
    }

    /** The number of entries of one collection. */
    public record Count(Call call, String value) {
        public Count {
            RestSyntax.pointer(value);
        }
    }

    /**
     * Asks for a backup.
     *
     * @param id what it is called from then on
     * @param size its bytes; null: not told
     * @param sha256 its checksum in hexadecimal; null: not told
     */
    public record Create(
            Call call,
            String id,
            @Nullable String size,
            @Nullable String sha256) {
        public Create {
            RestSyntax.pointer(id);
            RestSyntax.pointers(size, sha256);
        }
    }

    /**
     * Asks how far something is.
     *
     * @param items a list in the answer, of which the element counts whose {@code id} is that of the backup; what is not
     *     in the list is not done. Null: the answer counts as a whole
     */
    public record Wait(
            Call call,
            @Nullable String items,
            @Nullable String id,
            @Nullable String size,
            @Nullable String sha256) {
        public Wait {
            Names.require((items == null) == (id == null), "items and id belong together");
            RestSyntax.pointers(items, id, size, sha256);
        }
    }

    /** Where a backup is read, and the name of the file that keeps it. */
    public record Download(Template path, Template fileName) {
        public Download {
            RestSyntax.path(path.text());
            SourceChecks.fileName(fileName.text());
        }
    }

    /**
     * Brings a backup back.
     *
     * @param form the field of a form that carries it; null: it is the whole request
     * @param id what the system calls it from then on; null: not told
     */
    public record Upload(
            Call call, @Nullable String form, @Nullable String id) {
        public Upload {
            RestSyntax.pointers(id);
            if (form != null) {
                RestSyntax.header(form);
            }
        }
    }
}
