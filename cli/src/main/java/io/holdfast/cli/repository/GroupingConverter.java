package io.holdfast.cli.repository;

import io.holdfast.vault.retention.Grouping;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads by what snapshots belong together, with the reason why it cannot. */
public final class GroupingConverter implements ITypeConverter<Grouping> {

    @Override
    public Grouping convert(String text) {
        try {
            return Grouping.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
