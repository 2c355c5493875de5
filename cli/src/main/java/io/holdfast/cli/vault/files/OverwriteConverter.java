package io.holdfast.cli.vault.files;

import io.holdfast.vault.restore.RestoreSpec.Overwrite;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code if-changed} and the like. */
final class OverwriteConverter implements ITypeConverter<Overwrite> {

    @Override
    public Overwrite convert(String text) {
        try {
            return Overwrite.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'%s' is not always, if-changed, if-newer or never".formatted(text));
        }
    }
}
