package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.CreateBucketArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListVersionsResult;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The requests a repository needs of one bucket, each sent once. */
record S3Bucket(String name, S3Calls calls) {

    boolean exists(Problem problem) throws BackendException, Refused {
        try {
            calls.await(
                    problem,
                    s3 -> s3.headBucket(HeadBucketArgs.builder().bucket(name).build()));
            return true;
        } catch (Refused e) {
            if (e.says("NoSuchBucket")) {
                return false;
            }
            throw e;
        }
    }

    void create(boolean objectLock, Problem problem) throws BackendException, Refused {
        calls.await(
                problem,
                s3 -> s3.createBucket(CreateBucketArgs.builder()
                        .bucket(name)
                        .objectLock(objectLock)
                        .build()));
    }

    Receipt put(String key, byte[] content, Http.Headers headers, Problem problem) throws BackendException, Refused {
        return Receipt.ofWrite(calls.await(
                problem,
                s3 -> s3.putObject(PutObjectAPIArgs.builder()
                        .bucket(name)
                        .object(key)
                        .contentType("application/octet-stream")
                        .data(content, content.length)
                        .headers(headers)
                        .build())));
    }

    /** A part of an object; the whole one where offset and length are null. */
    byte[] get(String key, @Nullable String version, @Nullable Long offset, @Nullable Long length, Problem problem)
            throws BackendException, Refused {
        try (GetObjectResponse object = calls.await(
                problem,
                s3 -> s3.getObject(GetObjectArgs.builder()
                        .bucket(name)
                        .object(key)
                        .versionId(version)
                        .offset(offset)
                        .length(length)
                        .build()))) {
            return content(object);
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw S3Failures.withoutAnswer(problem, e);
        }
    }

    HeadObjectResponse head(String key, Problem problem) throws BackendException, Refused {
        return calls.await(
                problem,
                s3 -> s3.headObject(HeadObjectArgs.builder()
                        .bucket(name)
                        .object(key)
                        .fetchChecksum(true)
                        .build()));
    }

    ListBucketResultV2 page(String prefix, @Nullable String from, Problem problem) throws BackendException, Refused {
        return calls.await(
                        problem,
                        s3 -> s3.listObjectsV2(ListObjectsV2Args.builder()
                                .bucket(name)
                                .prefix(prefix)
                                .continuationToken(from)
                                .build()))
                .result();
    }

    /** What keys have in common up to the next slash after the prefix. */
    ListBucketResultV2 directories(String prefix, @Nullable String from, Problem problem)
            throws BackendException, Refused {
        return calls.await(
                        problem,
                        s3 -> s3.listObjectsV2(ListObjectsV2Args.builder()
                                .bucket(name)
                                .prefix(prefix)
                                .delimiter("/")
                                .continuationToken(from)
                                .build()))
                .result();
    }

    ListVersionsResult versions(String prefix, @Nullable String fromKey, @Nullable String fromVersion, Problem problem)
            throws BackendException, Refused {
        return calls.await(
                        problem,
                        s3 -> s3.listObjectVersions(ListObjectVersionsArgs.builder()
                                .bucket(name)
                                .prefix(prefix)
                                .keyMarker(fromKey)
                                .versionIdMarker(fromVersion)
                                .build()))
                .result();
    }

    void remove(String key, Problem problem) throws BackendException, Refused {
        calls.await(
                problem,
                s3 -> s3.removeObject(
                        RemoveObjectArgs.builder().bucket(name).object(key).build()));
    }

    void retain(String key, ObjectLock.Mode mode, Instant until, Problem problem) throws BackendException, Refused {
        calls.await(
                problem,
                s3 -> s3.setObjectRetention(SetObjectRetentionArgs.builder()
                        .bucket(name)
                        .object(key)
                        .config(new Retention(RetentionMode.valueOf(mode.name()), until.atZone(ZoneOffset.UTC)))
                        .build()));
    }

    private static byte[] content(GetObjectResponse object) throws IOException {
        String length = object.headers().get("Content-Length");
        if (length == null) {
            return object.readAllBytes();
        }
        byte[] content = new byte[Integer.parseInt(length)];
        int read = object.readNBytes(content, 0, content.length);
        return read == content.length ? content : Arrays.copyOf(content, read);
    }
}
