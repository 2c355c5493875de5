package io.holdfast.sources.emergency;

import io.holdfast.plan.Source;

/**
 * One component that is to be saved.
 *
 * @param stack and {@code component}: snapshots show it at {@code /stack/component}
 */
public record Wanted(String stack, String component, Source source) {

    String at() {
        return "/" + stack + "/" + component;
    }
}
