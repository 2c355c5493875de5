package io.holdfast.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which repository, and where its password lies. */
final class RepositoryOptions {

    static final String[] REPOSITORY = {"HOLDFAST_REPOSITORY", "RESTIC_REPOSITORY"};

    @Option(
            names = {"-r", "--repo"},
            paramLabel = "PLACE",
            description = {
                "A directory, or s3:https://HOST/BUCKET/PATH with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                "Default: HOLDFAST_REPOSITORY, RESTIC_REPOSITORY."
            })
    @Nullable
    String repository;

    @Option(
            names = {"-p", "--password-file"},
            paramLabel = "FILE",
            description = {
                "The file that holds the password.",
                "Default: HOLDFAST_PASSWORD, HOLDFAST_PASSWORD_FILE, RESTIC_PASSWORD, RESTIC_PASSWORD_FILE; else it is asked for."
            })
    @Nullable
    String passwordFile;
}
