package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A repository in memory, gone with its object. The fake that tests use where no other backend is their subject. */
public final class MemoryBackend implements Backend {

    private final Map<Handle, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        if (handle.type() != FileType.CONFIG) {
            files.put(handle, content.clone());
            return;
        }
        byte[] existing = files.putIfAbsent(handle, content.clone());
        if (existing != null && !Arrays.equals(existing, content)) {
            throw Problem.with("store", handle, location())
                    .because(Kind.MISCONFIGURED, "there is a repository already", "It was not changed.", null);
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return find("load", handle).clone();
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        byte[] content = find("load", handle);
        if (offset + length > content.length) {
            throw Problem.with("load", handle, location())
                    .because(Kind.DAMAGED, "the file is too short", "Nothing was changed.", null);
        }
        return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return find("find", handle).length;
    }

    @Override
    public List<Entry> list(FileType type) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().type() == type)
                .map(file -> new Entry(file.getKey(), file.getValue().length))
                .toList();
    }

    @Override
    public void delete(Handle handle) {
        files.remove(handle);
    }

    @Override
    public void close() {}

    /** The handles held now. */
    public Set<Handle> handles() {
        return Set.copyOf(files.keySet());
    }

    /** Changes what is held without any check, as a failing disk would. */
    public void corrupt(Handle handle, byte[] content) {
        files.put(handle, content.clone());
    }

    private byte[] find(String verb, Handle handle) throws BackendException {
        byte[] content = files.get(handle);
        if (content == null) {
            throw Problem.with(verb, handle, location())
                    .because(Kind.NOT_FOUND, "there is no such file", "Nothing was changed.", null);
        }
        return content;
    }
}
