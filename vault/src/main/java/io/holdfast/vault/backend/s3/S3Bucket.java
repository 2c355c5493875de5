package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.CreateBucketArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.messages.ListBucketResultV2;
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

    void create(Problem problem) throws BackendException, Refused {
        calls.await(
                problem,
                s3 -> s3.createBucket(CreateBucketArgs.builder().bucket(name).build()));
    }

    Receipt put(String key, byte[] content, Http.Headers headers, Problem problem) throws BackendException, Refused {
        return Receipt.of(calls.await(
                problem,
                s3 -> s3.putObject(PutObjectAPIArgs.builder()
                        .bucket(name)
                        .object(key)
                        .contentType("application/octet-stream")
                        .data(content, content.length)
                        .headers(headers)
                        .build())));
    }

    /** The whole object where offset and length are null. The caller closes the answer. */
    GetObjectResponse get(String key, @Nullable Long offset, @Nullable Long length, Problem problem)
            throws BackendException, Refused {
        return calls.await(
                problem,
                s3 -> s3.getObject(GetObjectArgs.builder()
                        .bucket(name)
                        .object(key)
                        .offset(offset)
                        .length(length)
                        .build()));
    }

    long size(String key, Problem problem) throws BackendException, Refused {
        return calls.await(
                        problem,
                        s3 -> s3.headObject(HeadObjectArgs.builder()
                                .bucket(name)
                                .object(key)
                                .build()))
                .size();
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

    void remove(String key, Problem problem) throws BackendException, Refused {
        calls.await(
                problem,
                s3 -> s3.removeObject(
                        RemoveObjectArgs.builder().bucket(name).object(key).build()));
    }
}
